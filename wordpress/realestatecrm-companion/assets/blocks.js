/* The blocks in the editor: their names and attributes are in blocks/. Plain script: nothing to build. */
(function (blocks, element, editor, components, ServerSideRender, i18n) {
  var el = element.createElement;
  var __ = i18n.__;
  function edit(props) {
    var post = props.attributes.post || props.context.postId || 0;
    return el('div', editor.useBlockProps(),
      el(editor.InspectorControls, null, el(components.PanelBody, { title: blocks.getBlockType(props.name).title },
        el(components.TextControl, {
          label: __('Number of the post (0: this one)', 'realestatecrm-companion'),
          type: 'number',
          value: String(props.attributes.post),
          onChange: function (text) { props.setAttributes({ post: parseInt(text, 10) || 0 }); }
        }))),
      el(ServerSideRender, { block: props.name, attributes: { post: post } }));
  }
  ['property', 'figures', 'enquiry'].forEach(function (name) {
    blocks.registerBlockType('realestatecrm/' + name, { edit: edit, save: function () { return null; } });
  });
})(window.wp.blocks, window.wp.element, window.wp.blockEditor, window.wp.components, window.wp.serverSideRender, window.wp.i18n);
