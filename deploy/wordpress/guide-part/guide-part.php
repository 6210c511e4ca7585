<?php
/**
 * Plugin Name:       Guide Part
 * Description:       Shows a checklist, a table, a card or a page of a guide inside your own pages, without a frame. Your server fetches and keeps the text, so the guide never learns who reads it.
 * Version:           1.0.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       guide-part
 *
 * This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public
 * License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later
 * version. It is distributed in the hope that it will be useful, but without any warranty.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

define( 'GUIDE_PART_VERSION', '1.0.0' );

require __DIR__ . '/includes/names.php';
require __DIR__ . '/includes/html.php';
require __DIR__ . '/includes/fetch.php';
require __DIR__ . '/includes/copies.php';
require __DIR__ . '/includes/output.php';
require __DIR__ . '/includes/settings.php';

add_action( 'init', 'guide_part_register' );

/**
 * Register the block and the shortcode.
 */
function guide_part_register() {
	load_plugin_textdomain( 'guide-part' );
	wp_register_script(
		'guide-part-block',
		plugins_url( 'block.js', __FILE__ ),
		array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n', 'wp-server-side-render' ),
		GUIDE_PART_VERSION,
		true
	);
	wp_set_script_translations( 'guide-part-block', 'guide-part' );
	register_block_type(
		'guide-part/part',
		array(
			'api_version'     => 3,
			'title'           => __( 'Guide part', 'guide-part' ),
			'description'     => __( 'A checklist, a table, a card or a page of the guide, in your own styles.', 'guide-part' ),
			'category'        => 'embed',
			'icon'            => 'book-alt',
			'attributes'      => array(
				'part'  => array(
					'type'    => 'string',
					'default' => '',
				),
				'level' => array(
					'type'    => 'integer',
					'default' => GUIDE_PART_LEVEL,
				),
			),
			'supports'        => array(
				'align' => array( 'wide', 'full' ),
				'html'  => false,
			),
			'editor_script'   => 'guide-part-block',
			'render_callback' => 'guide_part_render_block',
		)
	);
	add_shortcode( 'guide_part', 'guide_part_render_shortcode' );
}
