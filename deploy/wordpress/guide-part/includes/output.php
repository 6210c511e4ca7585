<?php
/**
 * A part as readers see it: in the styles of the site, with source, date, license and publisher.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The level of a part's heading unless an author chooses another; 0 is none.
 */
const GUIDE_PART_LEVEL = 2;

/**
 * How long a copy is shown before it says how old it is, in seconds.
 */
const GUIDE_PART_RECENT = 7 * DAY_IN_SECONDS;

/**
 * Render the block.
 *
 * @param array $attributes The attributes of the block.
 */
function guide_part_render_block( $attributes ) {
	return guide_part_render( $attributes['part'] ?? '', $attributes['level'] ?? GUIDE_PART_LEVEL, get_block_wrapper_attributes( array( 'class' => 'guide-part' ) ) );
}

/**
 * Render the shortcode.
 *
 * @param array|string $attributes The attributes as they were written.
 */
function guide_part_render_shortcode( $attributes ) {
	$attributes = shortcode_atts(
		array(
			'part'  => '',
			'level' => GUIDE_PART_LEVEL,
		),
		$attributes,
		'guide_part'
	);
	return guide_part_render( $attributes['part'], $attributes['level'], 'class="guide-part"' );
}

/**
 * Render a part, or what stands in its place while it can't be had.
 *
 * @param mixed  $typed   What an author typed.
 * @param mixed  $level   The level of the heading.
 * @param string $wrapper The attributes of the element around it, escaped.
 */
function guide_part_render( $typed, $level, $wrapper ) {
	$guide = guide_part_settings()['address'];
	$typed = is_scalar( $typed ) ? trim( (string) $typed ) : '';
	$name  = guide_part_name( $typed, $guide );
	$level = is_numeric( $level ) ? (int) $level : GUIDE_PART_LEVEL;
	$level = in_array( $level, array( 0, 2, 3, 4 ), true ) ? $level : GUIDE_PART_LEVEL;
	$lang  = '';
	if ( '' === $guide ) {
		$inside = guide_part_message( __( 'Write the address of the guide under Settings, Guide Part.', 'guide-part' ), '' );
	} elseif ( '' === $name ) {
		$inside = guide_part_message( __( 'This isn\'t a part of your guide. Write a name such as checklists/first-day, or paste the address of one of its pages.', 'guide-part' ), $guide );
	} else {
		$part = guide_part_get( $name );
		if ( is_wp_error( $part ) ) {
			$inside = guide_part_message( $part->get_error_message(), guide_part_page_address( $typed, $name, $guide ) );
		} elseif ( isset( $part['withdrawn'] ) ) {
			$inside = guide_part_withdrawn( $part );
		} else {
			$inside = guide_part_body( $part, $level ) . guide_part_foot( $part );
			$lang   = ' lang="' . esc_attr( $part['language'] ) . '"';
		}
	}
	if ( '' === $inside ) {
		return '';
	}
	// A section, since in it no list item of a part can end one of the page. WordPress looks for shortcodes in what blocks
	// and shortcodes return: brackets of the guide must not be taken for them. (It decodes &#91; when it has looked once.)
	return str_replace( array( '[', ']' ), array( '&#x5B;', '&#x5D;' ), "<section $wrapper$lang>$inside</section>" );
}

/**
 * Return the text of a part under its heading.
 *
 * @param array $part  The part.
 * @param int   $level The level of the heading; 0 for none.
 */
function guide_part_body( $part, $level ) {
	// Checked when it was fetched; here once more, by WordPress, as it comes from the database.
	$html    = wp_kses( $part['html'], guide_part_allowed_html(), GUIDE_PART_SCHEMES );
	$heading = '';
	if ( $level ) {
		list( $title, $html ) = guide_part_split_title( $html, $part['title'] );
		$heading              = "<h$level class=\"guide-part__title\">" . esc_html( $title ) . "</h$level>\n";
	}
	$html = guide_part_headings_below( $html, $level ? $level + 1 : 2 );
	$html = preg_replace( '~<a href="http~', '<a rel="noreferrer" href="http', $html );
	// As WordPress wraps a table of its own, so that a wide one scrolls; with the keyboard too.
	if ( false !== strpos( $html, '<table' ) ) {
		wp_enqueue_style( 'wp-block-table' );
		$opening = '<figure class="wp-block-table" role="region" tabindex="0" aria-label="' . esc_attr( $part['title'] ) . '"><table';
		$html    = preg_replace( '~<table(?=[ >])~', str_replace( array( '\\', '$' ), array( '\\\\', '\\$' ), $opening ), $html );
		$html    = str_replace( '</table>', '</table></figure>', $html );
	}
	return $heading . $html . "\n";
}

/**
 * Split HTML of a part into its title and the rest. Its first paragraph or heading is often the title, with a word such
 * as "Emergency" next to it.
 *
 * @param string $html  HTML of a part.
 * @param string $title The title of the part.
 * @return array{string, string}
 */
function guide_part_split_title( $html, $title ) {
	$pattern = '~^((?:\s*<(?:section|div|figure)(?: [^>]*)?>)*\s*)<(p|h[1-6])(?: [^>]*)?>(.*?)</\2>~s';
	if ( ! preg_match( $pattern, $html, $first ) ) {
		return array( $title, $html );
	}
	$text  = trim( html_entity_decode( wp_strip_all_tags( $first[3] ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
	$place = '' === $title ? false : strpos( $text, $title );
	if ( false === $place || strlen( $text ) > strlen( $title ) + 40 ) {
		return array( $title, $html );
	}
	$before = trim( substr( $text, 0, $place ) );
	$after  = trim( substr( $text, $place + strlen( $title ) ) );
	$whole  = ( '' === $before ? '' : "$before: " ) . $title;
	if ( '' !== $after ) {
		$whole .= ( preg_match( '/^[(,.:;?!]/', $after ) ? ' ' : ': ' ) . $after;
	}
	return array( $whole, $first[1] . substr( $html, strlen( $first[0] ) ) );
}

/**
 * Return HTML with its headings moved to a level and below.
 *
 * @param string $html  HTML of a part.
 * @param int    $level The level of its first-level headings.
 */
function guide_part_headings_below( $html, $level ) {
	if ( ! preg_match_all( '~<h([1-6])~', $html, $found ) ) {
		return $html;
	}
	$by = $level - min( array_map( 'intval', $found[1] ) );
	return preg_replace_callback(
		'~(</?h)([1-6])~',
		function ( $tag ) use ( $by ) {
			return $tag[1] . max( 1, min( 6, $tag[2] + $by ) );
		},
		$html
	);
}

/**
 * Return what a part rests on, whose it is, and of when.
 *
 * @param array $part The part.
 */
function guide_part_foot( $part ) {
	$name = guide_part_known()['name'];
	$link = '<a rel="noreferrer" href="' . esc_url( $part['address'] ) . '">' . esc_html( $part['title'] ) . '</a>';
	$says = array();

	$says[] = '' === $name
		/* translators: %s: the title of a page, with a link. */
		? sprintf( esc_html__( 'From: %s.', 'guide-part' ), $link )
		/* translators: 1: the name of a guide, 2: the title of a page, with a link. */
		: sprintf( esc_html__( 'From %1$s: %2$s.', 'guide-part' ), esc_html( $name ), $link );
	/* translators: %s: the name of a publisher. */
	$says[] = sprintf( esc_html__( 'Published by %s.', 'guide-part' ), esc_html( rtrim( $part['publisher'], '.' ) ) );
	if ( '' !== $part['sources_checked'] ) {
		/* translators: %s: a date. */
		$says[] = sprintf( esc_html__( 'Sources last checked on %s.', 'guide-part' ), guide_part_day( $part['sources_checked'] ) );
	}
	$says[] = '' === $part['signed']
		? esc_html__( 'Not yet reviewed by a clinician.', 'guide-part' )
		/* translators: %s: the name of a clinician. */
		: sprintf( esc_html__( 'Reviewed by %s.', 'guide-part' ), esc_html( rtrim( $part['signed'], '.' ) ) );
	if ( $part['license'] ) {
		$license = '<a rel="license noreferrer" href="' . esc_url( $part['license']['url'] ) . '">' . esc_html( $part['license']['name'] ) . '</a>';
		/* translators: %s: the name of a license, with a link. */
		$says[] = sprintf( esc_html__( 'License: %s.', 'guide-part' ), $license );
	}
	if ( $part['fetched'] < time() - GUIDE_PART_RECENT ) {
		/* translators: %s: a date. */
		$says[] = sprintf( esc_html__( 'This copy is from %s; there may be a newer text at the guide.', 'guide-part' ), guide_part_day( gmdate( 'Y-m-d', $part['fetched'] ) ) );
	}
	return guide_part_sources( $part['sources'] )
		. '<p class="guide-part__source"><small>' . implode( ' ', $says ) . '</small></p>'
		. ( '' === $part['disclaimer'] ? '' : "\n" . '<p class="guide-part__disclaimer"><small>' . esc_html( $part['disclaimer'] ) . '</small></p>' );
}

/**
 * Return the sources of a part, folded.
 *
 * @param array $sources The sources, in the order of their numbers.
 */
function guide_part_sources( $sources ) {
	$items = '';
	foreach ( $sources as $source ) {
		$title  = esc_html( $source['title'] );
		$title  = '' === $source['URL'] ? $title : '<a rel="noreferrer" href="' . esc_url( $source['URL'] ) . '">' . $title . '</a>';
		$items .= '<li>' . $title . ( '' === $source['publisher'] ? '' : '. ' . esc_html( rtrim( $source['publisher'], '.' ) ) ) . ".</li>\n";
	}
	if ( '' === $items ) {
		return '';
	}
	/* translators: %d: a number. */
	$summary = sprintf( esc_html__( 'Sources (%d)', 'guide-part' ), count( $sources ) );
	return '<details class="guide-part__sources"><summary>' . $summary . "</summary>\n<ol>\n" . $items . "</ol>\n</details>\n";
}

/**
 * Return what stands in the place of a part that the guide has withdrawn.
 *
 * @param array $part What the guide says about it.
 */
function guide_part_withdrawn( $part ) {
	/* translators: 1: the title of a part, 2: a date. */
	$what = sprintf( __( 'The guide withdrew "%1$s" on %2$s.', 'guide-part' ), $part['title'], guide_part_day( $part['withdrawn'] ) );
	return '<p>' . esc_html( $what . ' ' . $part['why'] ) . ' <a rel="noreferrer" href="' . esc_url( $part['instead'] ) . '">'
		. esc_html__( 'Read this page instead.', 'guide-part' ) . '</a></p>';
}

/**
 * Return what stands in the place of a part that can't be shown: a link for readers, and the reason for editors.
 *
 * @param string $reason  Why.
 * @param string $address Where readers are sent, or "".
 */
function guide_part_message( $reason, $address ) {
	$message = '';
	if ( '' !== $address ) {
		$title    = guide_part_known()['name'];
		$message .= '<p><a rel="noreferrer" href="' . esc_url( $address ) . '">'
			/* translators: %s: the name of a guide. */
			. esc_html( '' === $title ? __( 'Read this part at the guide itself.', 'guide-part' ) : sprintf( __( 'Read this part in %s.', 'guide-part' ), $title ) )
			. '</a></p>';
	}
	if ( current_user_can( 'edit_posts' ) ) {
		$message .= '<p class="guide-part__problem"><strong>' . esc_html__( 'Only editors see this:', 'guide-part' ) . '</strong> ' . esc_html( $reason ) . '</p>';
	}
	return $message;
}

/**
 * Return a day as this site writes it.
 *
 * @param string $day Such as "2026-11-30".
 */
function guide_part_day( $day ) {
	$written = wp_date( get_option( 'date_format' ), (int) strtotime( $day . ' 12:00 UTC' ), new DateTimeZone( 'UTC' ) );
	return esc_html( $written ? $written : $day );
}
