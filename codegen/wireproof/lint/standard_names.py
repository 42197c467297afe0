"""Names that standards fix: whoever speaks OAuth cannot call them otherwise, whatever the style."""

from __future__ import annotations

STANDARD = frozenset(
    # OAuth 1.0 (RFC 5849), OAuth 2.0 (RFC 6749, 7009, 7636, 7662, 8628, 8693), its dynamic
    # registration and metadata (RFC 7591, 8414), OpenID Connect Core and Discovery, CIBA.
    """
    oauth_callback oauth_callback_confirmed oauth_consumer_key oauth_nonce oauth_signature
    oauth_signature_method oauth_timestamp oauth_token oauth_token_secret oauth_verifier
    oauth_version
    access_token acr_values actor_token actor_token_type assertion audience client_assertion
    client_assertion_type client_id client_secret code_challenge code_challenge_method
    code_verifier device_code error_description error_uri expires_in grant_type id_token
    id_token_hint issued_token_type login_hint logout_hint max_age post_logout_redirect_uri
    redirect_uri refresh_expires_in refresh_token request_uri requested_token_type response_mode
    response_type subject_token subject_token_type token_type token_type_hint ui_locales user_code
    verification_uri verification_uri_complete
    application_type client_id_issued_at client_name client_secret_expires_at client_uri
    grant_types jwks_uri logo_uri policy_uri redirect_uris response_types software_id
    software_version token_endpoint_auth_method tos_uri
    acr_values_supported authorization_endpoint claims_parameter_supported claims_supported
    claim_types_supported code_challenge_methods_supported device_authorization_endpoint
    display_values_supported end_session_endpoint grant_types_supported
    id_token_encryption_alg_values_supported id_token_encryption_enc_values_supported
    id_token_signing_alg_values_supported introspection_endpoint
    introspection_endpoint_auth_methods_supported pushed_authorization_request_endpoint
    registration_endpoint request_parameter_supported request_uri_parameter_supported
    response_modes_supported response_types_supported revocation_endpoint
    revocation_endpoint_auth_methods_supported scopes_supported subject_types_supported
    token_endpoint token_endpoint_auth_methods_supported
    token_endpoint_auth_signing_alg_values_supported userinfo_endpoint
    amr auth_time at_hash c_hash email_verified phone_number_verified preferred_username
    """.split()  # noqa: SIM905 - a hundred quoted names in a column would be harder to read
)
