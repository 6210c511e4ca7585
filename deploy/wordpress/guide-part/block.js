/* The block in the editor: a field for the part's name, and a preview that the server makes. */
( function ( blocks, blockEditor, components, element, i18n, ServerSideRender ) {
	const { createElement: el, Fragment, useState } = element;
	const { __ } = i18n;

	const LEVELS = [
		{ value: 2, label: __( 'Second level', 'guide-part' ) },
		{ value: 3, label: __( 'Third level', 'guide-part' ) },
		{ value: 4, label: __( 'Fourth level', 'guide-part' ) },
		{ value: 0, label: __( 'None', 'guide-part' ) },
	];

	function Choice( { part, onChoose } ) {
		const [ typed, setTyped ] = useState( part );
		return el(
			components.Placeholder,
			{
				icon: 'book-alt',
				label: __( 'Guide part', 'guide-part' ),
				instructions: __( 'Paste the address of a page or a part of the guide, or write a name such as checklists/first-day.', 'guide-part' ),
			},
			el(
				'form',
				{
					onSubmit( event ) {
						event.preventDefault();
						onChoose( typed.trim() );
					},
				},
				el( components.TextControl, { label: __( 'Address or name', 'guide-part' ), value: typed, onChange: setTyped } ),
				el( components.Button, { variant: 'primary', type: 'submit' }, __( 'Show', 'guide-part' ) )
			)
		);
	}

	function Edit( { attributes, setAttributes } ) {
		const { part, level } = attributes;
		const [ choosing, setChoosing ] = useState( ! part );
		const settings = el(
			blockEditor.InspectorControls,
			null,
			el(
				components.PanelBody,
				{ title: __( 'Guide part', 'guide-part' ) },
				el( components.SelectControl, {
					label: __( 'Heading', 'guide-part' ),
					value: level,
					options: LEVELS,
					onChange: ( value ) => setAttributes( { level: Number( value ) } ),
				} ),
				el( components.Button, { variant: 'secondary', onClick: () => setChoosing( true ) }, __( 'Choose another part', 'guide-part' ) )
			)
		);
		const choose = ( value ) => {
			setAttributes( { part: value } );
			setChoosing( ! value );
		};
		// Links of a preview lead out of the editor.
		const inside = choosing
			? el( Choice, { part, onChoose: choose } )
			: el( components.Disabled, null, el( ServerSideRender, { block: 'guide-part/part', attributes: { part, level } } ) );
		return el( Fragment, null, settings, el( 'div', blockEditor.useBlockProps(), inside ) );
	}

	blocks.registerBlockType( 'guide-part/part', { edit: Edit, save: () => null } );
} )( window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.wp.i18n, window.wp.serverSideRender );
