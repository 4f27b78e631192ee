/* The blocks in the editor: their names and attributes are in blocks/. Plain script: nothing to build. */
(function (blocks, element, editor, components, ServerSideRender, i18n, apiFetch, url) {
  var el = element.createElement;
  var __ = i18n.__;
  var PROPERTIES = '/wp/v2/crm-properties';

  function option(post) {
    return { value: String(post.id), label: post.title.rendered ? new DOMParser().parseFromString(post.title.rendered, 'text/html').body.textContent : '#' + post.id };
  }

  /* Which property: found by words of its title; the number of a post of any other type can be typed. */
  function Choice(props) {
    var search = element.useState('');
    var found = element.useState([]);
    var chosen = element.useState(null);
    element.useEffect(function () {
      var isOld = false;
      apiFetch({ path: url.addQueryArgs(PROPERTIES, { search: search[0], per_page: 20, _fields: 'id,title' }) }).then(
        function (posts) { if (!isOld) { found[1](posts.map(option)); } },
        function () { if (!isOld) { found[1]([]); } });
      return function () { isOld = true; };
    }, [search[0]]);
    element.useEffect(function () {
      if (!props.post) { return; }
      apiFetch({ path: PROPERTIES + '/' + props.post + '?_fields=id,title' }).then(
        function (post) { chosen[1](option(post)); },
        function () { chosen[1]({ value: String(props.post), label: '#' + props.post }); });
    }, [props.post]);
    var options = found[0].slice();
    if (/^\d+$/.test(search[0])) { options.push({ value: search[0], label: '#' + search[0] }); }
    if (chosen[0] && !options.some(function (one) { return one.value === chosen[0].value; })) { options.push(chosen[0]); }
    return el(components.ComboboxControl, {
      label: __('Which property', 'realestatecrm-companion'),
      help: __('Type a word of its title. Empty: the property on whose page the block stands.', 'realestatecrm-companion'),
      value: props.post ? String(props.post) : '',
      options: options,
      onFilterValueChange: search[1],
      onChange: function (value) { props.onChange(parseInt(value, 10) || 0); }
    });
  }

  function edit(props) {
    var type = blocks.getBlockType(props.name);
    var choice = el(Choice, { post: props.attributes.post, onChange: function (post) { props.setAttributes({ post: post }); } });
    return el('div', editor.useBlockProps(),
      el(editor.InspectorControls, null, el(components.PanelBody, { title: type.title }, choice)),
      el(ServerSideRender, {
        block: props.name,
        attributes: { post: props.attributes.post || props.context.postId || 0 },
        EmptyResponsePlaceholder: function () {
          return el(components.Placeholder, {
            icon: type.icon.src,
            label: type.title,
            instructions: __('There is no property to show here yet. Choose one in the settings of this block.', 'realestatecrm-companion')
          });
        }
      }));
  }

  ['property', 'figures', 'enquiry'].forEach(function (name) {
    blocks.registerBlockType('realestatecrm/' + name, { edit: edit, save: function () { return null; } });
  });
})(window.wp.blocks, window.wp.element, window.wp.blockEditor, window.wp.components, window.wp.serverSideRender, window.wp.i18n,
  window.wp.apiFetch, window.wp.url);
