/* The two blocks in the editor. Plain script: nothing to build. */
(function (blocks, element, editor, components, ServerSideRender, i18n) {
  var el = element.createElement;
  var __ = i18n.__;
  function register(name, title, icon) {
    blocks.registerBlockType(name, {
      apiVersion: 2,
      title: title,
      icon: icon,
      category: 'widgets',
      attributes: { post: { type: 'integer', default: 0 } },
      usesContext: ['postId'],
      edit: function (props) {
        var post = props.attributes.post || props.context.postId;
        return el('div', editor.useBlockProps(),
          el(editor.InspectorControls, null, el(components.PanelBody, { title: title },
            el(components.TextControl, {
              label: __('Number of the post (0: this one)', 'realestatecrm-companion'),
              type: 'number',
              value: String(props.attributes.post),
              onChange: function (text) { props.setAttributes({ post: parseInt(text, 10) || 0 }); }
            }))),
          el(ServerSideRender, { block: name, attributes: { post: post } }));
      },
      save: function () { return null; }
    });
  }
  register('realestatecrm/property', __('Property of the CRM', 'realestatecrm-companion'), 'admin-home');
  register('realestatecrm/enquiry', __('Enquiry form of the CRM', 'realestatecrm-companion'), 'email');
})(window.wp.blocks, window.wp.element, window.wp.blockEditor, window.wp.components, window.wp.serverSideRender, window.wp.i18n);
