<?php
/**
 * The settings: the address of the guide, how long copies are fresh, and a button that forgets them.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

add_action( 'admin_menu', 'guide_part_add_page' );
add_action( 'admin_init', 'guide_part_register_settings' );
add_action( 'admin_post_guide_part_forget', 'guide_part_handle_forget' );
add_action( 'add_option_guide_part_settings', 'guide_part_settings_added', 10, 2 );
add_action( 'update_option_guide_part_settings', 'guide_part_settings_changed', 10, 2 );

/**
 * Add the page to the menu "Settings".
 */
function guide_part_add_page() {
	add_options_page( __( 'Guide Part', 'guide-part' ), __( 'Guide Part', 'guide-part' ), 'manage_options', 'guide-part', 'guide_part_show_page' );
}

/**
 * Register the settings; WordPress checks the capability and the nonce when they are saved.
 */
function guide_part_register_settings() {
	register_setting(
		'guide_part',
		'guide_part_settings',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'guide_part_clean_settings',
			'show_in_rest'      => false,
		)
	);
}

/**
 * Return settings as they are kept; an address that can't be one leaves the old one.
 *
 * @param mixed $typed What was typed.
 */
function guide_part_clean_settings( $typed ) {
	$kept  = guide_part_settings();
	$typed = is_array( $typed ) ? $typed : array();
	if ( isset( $typed['hours'] ) && is_numeric( $typed['hours'] ) ) {
		$kept['hours'] = max( 1, min( 168, (int) $typed['hours'] ) );
	}
	if ( isset( $typed['address'] ) && is_string( $typed['address'] ) ) {
		$address = guide_part_clean_address( $typed['address'] );
		if ( '' === $address && '' !== trim( $typed['address'] ) ) {
			add_settings_error( 'guide_part_settings', 'address', __( 'This isn\'t the address of a guide. It begins with https:// and holds no question mark. The old address was kept.', 'guide-part' ) );
		} else {
			$kept['address'] = $address;
		}
	}
	return $kept;
}

/**
 * Look at a guide whose address was given for the first time.
 *
 * @param string $option The name of the option.
 * @param mixed  $value  The settings.
 */
function guide_part_settings_added( $option, $value ) {
	guide_part_settings_changed( array(), $value );
}

/**
 * Look at the guide when its address has changed, and learn its name.
 *
 * @param mixed $old   The settings of before.
 * @param mixed $value The settings.
 */
function guide_part_settings_changed( $old, $value ) {
	$address = is_array( $value ) ? ( $value['address'] ?? '' ) : '';
	if ( ( is_array( $old ) ? ( $old['address'] ?? '' ) : '' ) === $address ) {
		return;
	}
	guide_part_forget();
	delete_option( 'guide_part_guide' );
	if ( '' === $address ) {
		return;
	}
	$index   = guide_part_fetch( $address, 'api/v1/index.json', GUIDE_PART_LARGEST_INDEX );
	$problem = is_wp_error( $index ) ? $index->get_error_message() : '';
	if ( '' === $problem ) {
		$read = guide_part_read_texts(
			$index,
			array(
				'name'    => 200,
				'address' => 200,
			),
			array()
		);
		if ( is_wp_error( $read ) ) {
			$problem = $read->get_error_message();
		} elseif ( $read['address'] !== $address ) {
			/* translators: %s: an address. */
			$problem = sprintf( __( 'The guide says that its address is %s. Write that one.', 'guide-part' ), $read['address'] );
		} else {
			$kinds = is_array( $index['schemas'] ?? null ) ? array_keys( $index['schemas'] ) : array();
			$known = array(
				'name'  => $read['name'],
				'kinds' => array_slice( preg_grep( '/^[a-z][a-z0-9-]{0,60}$/D', $kinds ), 0, 200 ),
			);
			update_option( 'guide_part_guide', $known, false );
		}
	}
	if ( function_exists( 'add_settings_error' ) ) {
		if ( '' === $problem ) {
			/* translators: %s: the name of a guide. */
			add_settings_error( 'guide_part_settings', 'found', sprintf( __( 'Found "%s" there.', 'guide-part' ), esc_html( $read['name'] ) ), 'success' );
		} else {
			/* translators: %s: what went wrong. */
			add_settings_error( 'guide_part_settings', 'not-found', sprintf( __( 'The address was kept, but no guide could be read there. %s', 'guide-part' ), esc_html( $problem ) ) );
		}
	}
}

/**
 * Forget all copies, for whom the button was shown.
 */
function guide_part_handle_forget() {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You may not do this.', 'guide-part' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( 'guide_part_forget' );
	guide_part_forget();
	wp_safe_redirect( add_query_arg( array( 'page' => 'guide-part', 'forgotten' => 1 ), admin_url( 'options-general.php' ) ) );
	exit;
}

/**
 * Print the page.
 */
function guide_part_show_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = guide_part_settings();
	$problem  = get_option( 'guide_part_problem' );
	$copies   = guide_part_copies();
	$format   = get_option( 'date_format' ) . ' ' . get_option( 'time_format' );
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Guide Part', 'guide-part' ); ?></h1>
		<?php if ( isset( $_GET['forgotten'] ) ) : // phpcs:ignore WordPress.Security.NonceVerification.Recommended ?>
			<div class="notice notice-success"><p><?php esc_html_e( 'All copies are forgotten. Each part is fetched when it is next shown.', 'guide-part' ); ?></p></div>
		<?php endif; ?>
		<form method="post" action="options.php">
			<?php settings_fields( 'guide_part' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="guide-part-address"><?php esc_html_e( 'Address of the guide', 'guide-part' ); ?></label></th>
					<td>
						<input id="guide-part-address" name="guide_part_settings[address]" type="text" inputmode="url" class="regular-text code" value="<?php echo esc_attr( $settings['address'] ); ?>" aria-describedby="guide-part-address-help">
						<p class="description" id="guide-part-address-help"><?php esc_html_e( 'The address of its start page, such as https://www.example.org/guide/.', 'guide-part' ); ?></p>
					</td>
				</tr>
				<tr>
					<th scope="row"><label for="guide-part-hours"><?php esc_html_e( 'Ask for news every', 'guide-part' ); ?></label></th>
					<td>
						<input id="guide-part-hours" name="guide_part_settings[hours]" type="number" min="1" max="168" class="small-text" value="<?php echo esc_attr( $settings['hours'] ); ?>">
						<?php esc_html_e( 'hours', 'guide-part' ); ?>
						<?php /* translators: %d: a number of days. */ ?>
						<p class="description"><?php echo esc_html( sprintf( __( 'While the guide can\'t be reached, readers get the last good copy for up to %d days.', 'guide-part' ), GUIDE_PART_LONGEST ) ); ?></p>
					</td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
		<h2><?php esc_html_e( 'Copies', 'guide-part' ); ?></h2>
		<?php if ( is_array( $problem ) && isset( $problem['message'], $problem['name'], $problem['since'] ) ) : ?>
			<?php /* translators: 1: a date, 2: the name of a part, 3: what went wrong. */ ?>
			<p><?php echo esc_html( sprintf( __( 'Last problem, %1$s, with %2$s: %3$s', 'guide-part' ), wp_date( $format, $problem['since'] ), $problem['name'], $problem['message'] ) ); ?></p>
		<?php endif; ?>
		<?php if ( $copies ) : ?>
			<table class="widefat striped">
				<thead>
					<tr>
						<th scope="col"><?php esc_html_e( 'Part', 'guide-part' ); ?></th>
						<th scope="col"><?php esc_html_e( 'Title', 'guide-part' ); ?></th>
						<th scope="col"><?php esc_html_e( 'Fetched', 'guide-part' ); ?></th>
					</tr>
				</thead>
				<tbody>
					<?php foreach ( $copies as $copy ) : ?>
						<tr>
							<td><code><?php echo esc_html( $copy['name'] ); ?></code></td>
							<td><?php echo esc_html( $copy['title'] ); ?></td>
							<td><?php echo esc_html( wp_date( $format, $copy['fetched'] ) ); ?></td>
						</tr>
					<?php endforeach; ?>
				</tbody>
			</table>
		<?php else : ?>
			<p><?php esc_html_e( 'None yet.', 'guide-part' ); ?></p>
		<?php endif; ?>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
			<input type="hidden" name="action" value="guide_part_forget">
			<?php wp_nonce_field( 'guide_part_forget' ); ?>
			<?php submit_button( __( 'Forget all copies', 'guide-part' ), 'secondary' ); ?>
		</form>
	</div>
	<?php
}
