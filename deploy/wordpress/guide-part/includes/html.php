<?php
/**
 * What HTML of the guide may hold. A part that holds anything else is refused as a whole: half of an instruction can be
 * worse than none.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const GUIDE_PART_SCHEMES = array( 'https', 'http', 'mailto', 'tel', 'sms' );

/**
 * How deep elements may stand in each other.
 */
const GUIDE_PART_DEPTH = 50;

/**
 * Return the elements that a part may hold, with their attributes, as wp_kses() takes them.
 *
 * The guide promises these to all programs. Pictures are missing: a reader's browser would ask the guide for them.
 *
 * @return array<string, array<string, bool>>
 */
function guide_part_allowed_html() {
	$bare    = 'a abbr b blockquote br caption cite code dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i li '
		. 'ol p pre q section small strong sub summary sup table tbody td tfoot th thead time tr ul';
	$allowed = array_fill_keys( explode( ' ', $bare ), array( 'lang' => true, 'dir' => true ) );

	$allowed['a']['href']        = true;
	$allowed['ol']['start']      = true;
	$allowed['th']['scope']      = true;
	$allowed['th']['colspan']    = true;
	$allowed['th']['rowspan']    = true;
	$allowed['td']['colspan']    = true;
	$allowed['td']['rowspan']    = true;
	$allowed['time']['datetime'] = true;
	return $allowed;
}

/**
 * Return whether text holds letters that nobody sees, or that make other letters stand in another order.
 *
 * @param string $text Text or HTML, in UTF-8.
 */
function guide_part_has_hidden_letters( $text ) {
	return 0 !== preg_match( '/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|\xC2[\x80-\x9F]|[\x{202A}-\x{202E}\x{2066}-\x{2069}]/u', $text );
}

/**
 * Return why HTML of a part is refused, or "" if it isn't.
 *
 * The guide writes lower-case names, attributes in double quotes, and closes what it opens, in order; nothing else passes.
 *
 * @param string $html HTML of a part, with its pictures replaced.
 */
function guide_part_html_problem( $html ) {
	$allowed = guide_part_allowed_html();
	$pieces  = preg_split( '/(<[^>]*>)/', $html, -1, PREG_SPLIT_DELIM_CAPTURE );
	$open    = array();
	if ( false === $pieces || guide_part_has_hidden_letters( html_entity_decode( $html, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) ) ) {
		return __( 'letters that can\'t be seen', 'guide-part' );
	}
	foreach ( $pieces as $index => $piece ) {
		if ( 0 === $index % 2 ) {
			if ( false !== strpbrk( $piece, '<>' ) ) {
				return __( 'HTML that isn\'t finished', 'guide-part' );
			}
			continue;
		}
		if ( ! preg_match( '~^<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>$~D', $piece, $tag ) || ! isset( $allowed[ $tag[2] ] ) ) {
			return $piece;
		}
		if ( '/' === $tag[1] ) {
			if ( '' !== $tag[3] || array_pop( $open ) !== $tag[2] ) {
				return $piece;
			}
			continue;
		}
		if ( ! guide_part_attributes_pass( $tag[3], $allowed[ $tag[2] ] ) ) {
			return $piece;
		}
		if ( 'br' !== $tag[2] && 'hr' !== $tag[2] ) {
			$open[] = $tag[2];
		}
		if ( count( $open ) > GUIDE_PART_DEPTH ) {
			return __( 'elements too deep in each other', 'guide-part' );
		}
	}
	return $open ? __( 'HTML that isn\'t finished', 'guide-part' ) : '';
}

/**
 * Return whether the attributes of an element may stand there.
 *
 * @param string              $written The attributes as they are written, each after a space.
 * @param array<string, bool> $allowed Those that the element may have.
 */
function guide_part_attributes_pass( $written, $allowed ) {
	$patterns = array(
		'colspan'  => '/^[0-9]{1,3}$/D',
		'datetime' => '/^[0-9TZ:+.-]{4,35}$/D',
		'dir'      => '/^(ltr|rtl|auto)$/D',
		'lang'     => '/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/D',
		'rowspan'  => '/^[0-9]{1,3}$/D',
		'scope'    => '/^(row|col|rowgroup|colgroup)$/D',
		'start'    => '/^[0-9]{1,5}$/D',
	);
	$seen     = array();
	preg_match_all( '/ ([a-z]+)="([^"]*)"/', $written, $pairs, PREG_SET_ORDER );
	foreach ( $pairs as list( , $name, $value ) ) {
		if ( ! isset( $allowed[ $name ] ) || isset( $seen[ $name ] ) ) {
			return false;
		}
		$seen[ $name ] = true;
		$value         = html_entity_decode( $value, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		if ( 'href' === $name ? ! guide_part_is_link( $value ) : ! preg_match( $patterns[ $name ], $value ) ) {
			return false;
		}
	}
	return true;
}

/**
 * Return whether a link leads to a page, a letter, a call or a text message.
 *
 * @param mixed $target Where it leads.
 */
function guide_part_is_link( $target ) {
	return is_string( $target ) && strlen( $target ) < 2000 && (
		preg_match( '~^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][^\s"<>\\\\]*)?$~D', $target )
		|| preg_match( '~^mailto:[A-Za-z0-9._+%-]+@[A-Za-z0-9.-]+(\?[^\s"<>\\\\]*)?$~D', $target )
		|| preg_match( '~^tel:\+?[0-9-]{3,20}([;,][0-9;,=a-z-]*)?$~D', $target )
		|| preg_match( '~^sms:\+?[0-9-]{3,20}([?;&][^\s"<>\\\\]*)?$~D', $target )
	);
}

/**
 * Replace pictures by what they show, in words; those with other attributes than the guide writes stay, to be refused.
 *
 * @param string $html HTML of a part.
 */
function guide_part_without_pictures( $html ) {
	return (string) preg_replace_callback(
		'~<img((?: (?:src|alt|lang|dir)="[^"<>]*")*)>~',
		function ( $tag ) {
			return preg_match( '/ alt="([^"]*)"/', $tag[1], $words ) ? $words[1] : '';
		},
		$html
	);
}
