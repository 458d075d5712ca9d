"""Every attack on a login or a token that we know of, and the tests that make it.

Rows follow what HelseID asks of a client and of an API, what the library we build on
does not check, and what was seen to go wrong when it was tried.
"""

REFUSED = "portal/accounts/test_refused.py"
BAD_LOGIN = f"{REFUSED}::test_a_bad_token_signs_nobody_in"
REQUEST = "portal/accounts/test_login_request.py"
STEP_UP = "portal/accounts/test_login_step_up.py"
KEYS = "portal/accounts/test_login_keys.py"
RENEWAL = "portal/accounts/test_login_renewal.py"
ENDED = "portal/accounts/test_login_ended_by_provider.py"
BAD_END = f"{ENDED}::test_a_bad_token_ends_nothing"
SIGN_IN = "portal/accounts/test_sign_in.py"
SIGN_OUT = "portal/accounts/test_sign_out.py"
API = "portal/api/test_authentication.py"
BAD_ACCESS = f"{API}::test_a_bad_token_is_refused"
BAD_PROOF = f"{API}::test_a_bad_proof_is_refused"
ODD = "portal/api/test_odd_proofs.py"
CERTIFIED = "contract/test_certified_provider.py"
PROVIDER = "portal/demo/test_provider_tokens.py"
GRANTS = "portal/demo/test_provider_grants.py"
BENEATH = "access/authentication/test_beneath_a_login.py"

# What a client must check in an ID token.
ID_TOKEN = {
    "forged": [f"{BAD_LOGIN}[signed by a stranger]"],
    "algorithm none": [f"{BAD_LOGIN}[unsigned]"],
    "algorithm HS256 with the public key": [f"{BAD_LOGIN}[signed with the public key]"],
    "algorithm PS256 where it is not configured": [
        f"{BAD_LOGIN}[signed in another way]",
        f"{KEYS}::test_another_way_of_signing_is_taken_where_it_is_configured",
    ],
    "unknown key": [f"{BAD_LOGIN}[naming no key we know]"],
    "no key named": [f"{BAD_LOGIN}[naming no key]"],
    "wrong issuer": [f"{BAD_LOGIN}[from another issuer]"],
    "nearly the right issuer": [f"{BAD_LOGIN}[from nearly our issuer]"],
    "wrong audience": [f"{BAD_LOGIN}[made out to another client]"],
    "one audience too many": [f"{BAD_LOGIN}[made out to us and another]"],
    "another authorised party": [f"{BAD_LOGIN}[used by another party]"],
    "expired": [f"{BAD_LOGIN}[expired]"],
    "no expiry": [f"{BAD_LOGIN}[without expiry]"],
    "issued in the future": [f"{BAD_LOGIN}[from the future]"],
    "clock skew within what is stated": [
        f"{REFUSED}::test_a_clock_a_little_off_is_forgiven"
    ],
    "clock skew beyond it": [f"{KEYS}::test_a_clock_too_far_off_is_not_forgiven"],
    "access token as ID token": [f"{BAD_LOGIN}[an access token]"],
    "logout token as ID token": [f"{BAD_LOGIN}[a logout token]"],
    "wrong nonce": [f"{BAD_LOGIN}[in answer to another login]"],
    "no nonce": [f"{BAD_LOGIN}[without nonce]"],
    "lowered level": [
        f"{BAD_LOGIN}[on level 3]",
        f"{REFUSED}::test_tor_on_level_3_is_told_what_he_needs",
        f"{CERTIFIED}::test_kari_signs_in_on_the_highest_level_and_on_no_other",
    ],
    "no level": [f"{BAD_LOGIN}[on no level]"],
    "old login": [f"{STEP_UP}::test_a_login_at_helseid_may_not_be_old"],
    "another person at step up": [f"{STEP_UP}::test_ingrid_cannot_confirm_for_ola"],
    "no identity number": [f"{BAD_LOGIN}[without identity number]"],
    "disabled user": [
        f"{REFUSED}::test_somebody_shut_out_is_not_let_in",
        f"{REFUSED}::test_somebody_shut_out_meanwhile_is_out_at_once",
    ],
}
# The way there and back.
FLOW = {
    "replayed callback": [
        f"{REFUSED}::test_an_answer_works_once",
        f"{CERTIFIED}::test_an_answer_works_once",
    ],
    "replayed code": [
        f"{REFUSED}::test_a_used_code_under_a_fresh_state_is_refused_by_the_provider",
        f"{CERTIFIED}::test_a_code_works_once_there_too",
        f"{PROVIDER}::test_a_code_works_once",
    ],
    "foreign state, foreign browser": [
        f"{REFUSED}::test_an_answer_to_one_browser_is_worth_nothing_in_another",
        f"{CERTIFIED}::test_an_answer_to_ola_is_worth_nothing_in_another_browser",
    ],
    "other provider's code": [f"{REFUSED}::test_the_other_providers_answer_is_refused"],
    "wrong issuer in the answer": [
        f"{REFUSED}::test_the_answer_must_name_its_issuer",
        f"{CERTIFIED}::test_an_answer_by_another_issuer_is_refused",
    ],
    "metadata of another issuer": [
        f"{REFUSED}::test_metadata_of_another_issuer_is_not_believed"
    ],
    "no pushed request": [
        f"{REQUEST}::test_the_browser_carries_who_asks_and_nothing_of_what",
        f"{CERTIFIED}::test_nothing_is_authorised_that_was_not_pushed",
    ],
    "wrong verifier": [f"{PROVIDER}::test_a_code_alone_is_not_enough"],
    "code bound to another key": [
        f"{GRANTS}::test_a_code_is_bound_to_the_key_that_asked_for_it"
    ],
    "bearer token where a bound one is due": [
        f"{REQUEST}::test_a_token_that_is_bound_to_no_key_is_not_taken"
    ],
    "missing proof at the token endpoint": [
        f"{CERTIFIED}::test_a_token_is_not_given_without_a_proof",
        f"{PROVIDER}::test_a_machine_gets_no_token_without_a_proof",
    ],
    "replayed assertion": [
        f"{PROVIDER}::test_an_assertion_works_once",
        f"{REQUEST}::test_a_nonce_that_is_wanted_is_given_with_a_new_assertion",
    ],
    "assertion of type JWT, too long, or for the endpoint": [
        f"{CERTIFIED}::test_it_refuses_what_helseid_refuses",
        f"{PROVIDER}::test_an_assertion_must_be_good",
        f"{BENEATH}::test_our_assertion_is_as_helseid_demands",
    ],
    "login forced on somebody": [
        f"{REFUSED}::test_a_strangers_link_does_not_sign_ola_out"
    ],
    "open redirect": [f"{SIGN_IN}::test_nobody_is_sent_anywhere_else"],
    "session fixation": [
        f"{SIGN_IN}::test_the_session_key_changes_at_login",
        f"{SIGN_IN}::test_the_session_key_changes_when_the_same_person_signs_in_again",
    ],
    "what the one before left behind": [
        f"{SIGN_IN}::test_nothing_of_the_one_before_is_left_when_another_signs_in"
    ],
    "two tabs": [f"{SIGN_IN}::test_two_tabs_go_each_their_own_way"],
    "provider away": [
        f"{REFUSED}::test_a_provider_that_is_away_is_nobodys_fault",
        f"{REFUSED}::test_a_provider_that_goes_away_half_way",
    ],
    "token in the log": [
        f"{REFUSED}::test_the_log_gets_the_code_and_nothing_that_came_in"
    ],
    "token in the session": [
        f"{SIGN_IN}::test_neither_number_nor_token_lies_in_the_session"
    ],
    "token in an address": [f"{SIGN_OUT}::test_no_address_tells_anything_of_kari"],
    "rotated keys, theirs": [
        f"{KEYS}::test_helseids_new_key_is_found_when_it_is_first_used",
        f"{KEYS}::test_a_key_helseid_has_withdrawn_is_worth_nothing_within_the_hour",
    ],
    "rotated keys, ours": [
        f"{KEYS}::test_we_change_our_key_with_both_published_meanwhile",
        f"{KEYS}::test_a_key_we_have_not_published_signs_nobody_in",
    ],
    "flood of made-up keys": [
        f"{BENEATH}::test_made_up_keys_do_not_make_us_flood_the_provider"
    ],
    "copied refresh token": [f"{RENEWAL}::test_a_copied_refresh_token_ends_them_all"],
    "organisation nobody vouches for": [
        f"{RENEWAL}::test_an_organisation_that_has_not_signed_the_terms",
        f"{RENEWAL}::test_what_helseid_vouches_for_is_checked_as_at_login",
    ],
}
# What an API must check in an access token and its proof.
ACCESS_TOKEN = {
    "forged": [f"{BAD_ACCESS}[signed by a stranger]"],
    "algorithm none": [f"{BAD_ACCESS}[unsigned]"],
    "algorithm HS256 with the public key": [
        f"{BAD_ACCESS}[signed with the public key]"
    ],
    "algorithm PS256 where it is not configured": [
        f"{BAD_ACCESS}[signed in another way]"
    ],
    "ID token as access token": [f"{BAD_ACCESS}[an ID token]"],
    "wrong issuer": [f"{BAD_ACCESS}[from another issuer]"],
    "wrong audience": [f"{BAD_ACCESS}[for another service]"],
    "one audience too many": [f"{BAD_ACCESS}[for us and another]"],
    "expired": [f"{BAD_ACCESS}[expired]"],
    "not valid yet": [f"{BAD_ACCESS}[not valid yet]"],
    "missing scope": [f"{API}::test_a_client_without_the_scope_is_told_so"],
    "no person, or too low a level": [
        "portal/api/test_tokens.py::test_a_level_that_is_not_four",
        "portal/api/test_tokens.py::test_a_machine_where_a_person_is_demanded",
    ],
    "bearer where DPoP is due": [f"{API}::test_no_other_scheme_will_do"],
    "stolen token without key": [
        f"{API}::test_a_stolen_token_is_worth_nothing_without_its_key"
    ],
    "token bound to no key": [f"{BAD_ACCESS}[bound to no key]"],
    "replayed proof": [f"{API}::test_a_proof_works_once"],
    "proof used at the same moment twice": [
        "portal/api/test_parallel_proofs.py::test_of_many_at_once_one_gets_in"
    ],
    "replay cannot be told": [
        f"{API}::test_nobody_gets_in_while_used_proofs_cannot_be_told"
    ],
    "proof for another method": [f"{BAD_PROOF}[for another method]"],
    "proof for another address": [f"{BAD_PROOF}[for another address]"],
    "address as the proxy has it": [
        f"{API}::test_behind_a_proxy_the_address_is_the_one_the_client_used",
        f"{API}::test_who_is_no_proxy_of_ours_cannot_say_which_address_was_used",
    ],
    "proof for another token": [f"{BAD_PROOF}[for another token]"],
    "proof without hash": [
        f"{BAD_PROOF}[for no token]",
        f"{ODD}::test_a_hash_may_be_lacking_where_that_is_known_and_nowhere_else",
    ],
    "old proof, early proof": [
        f"{BAD_PROOF}[a minute old]",
        f"{BAD_PROOF}[from the future]",
        f"{ODD}::test_a_clock_beyond_it",
    ],
    "private key in the proof": [f"{BAD_PROOF}[with a private key]"],
    "shared secret in the proof": [f"{BAD_PROOF}[with a shared secret]"],
    "two proofs": [f"{BAD_PROOF}[two at once]"],
    "things of the wrong kind": [
        f"{ODD}::test_a_time_that_is_none",
        f"{ODD}::test_a_name_that_is_none",
        f"{ODD}::test_a_hash_of_the_token_that_is_none",
        f"{ODD}::test_content_nested_beyond_reason",
    ],
}
# What a provider says is over.
LOGOUT_TOKEN = {
    "forged": [f"{BAD_END}[signed by a stranger]", f"{BAD_END}[unsigned]"],
    "ID token as logout token": [f"{BAD_END}[an ID token]", f"{BAD_END}[with a nonce]"],
    "wrong audience": [f"{BAD_END}[for another client]"],
    "wrong issuer": [f"{BAD_END}[from another issuer]"],
    "expired": [f"{BAD_END}[expired]"],
    "no event": [f"{BAD_END}[without event]"],
    "neither person nor login": [f"{BAD_END}[about nobody]"],
    "replayed": [f"{ENDED}::test_a_token_works_once"],
    "other provider's": [f"{ENDED}::test_the_other_providers_token_is_worth_nothing"],
    "by a stranger's frame": [f"{ENDED}::test_a_strangers_frame_ends_nothing"],
    "logout forced by a link or a form": [
        f"{SIGN_OUT}::test_a_link_signs_nobody_out",
        f"{SIGN_OUT}::test_another_sites_form_signs_nobody_out",
    ],
}
