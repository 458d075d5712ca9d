"""The one statement all facts come from: whatever it finds is of one moment."""

_HOLDS = """
    patient_id = %(patient)s AND (valid_from IS NULL OR valid_from <= %(at)s)
    AND (valid_to IS NULL OR valid_to > %(at)s)
"""
_ON_THE_DAY = "valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)"

# Rules come as json, which psycopg reads. A limit without a beginning began when it was
# set: clocks differ, and who set it has been told that it holds.
FACTS = f"""
    WITH closed AS (
        SELECT scope, category, report_id FROM access_accessrestriction
        WHERE {_HOLDS}
        AND (organization_id IS NULL OR organization_id = %(organization)s)
    ), need AS (
        SELECT id, basis, purpose_of_use, expires_at, ended_at
        FROM access_carerelationship
        WHERE session_id = %(session)s AND patient_id = %(patient)s
        AND organization_id = %(organization)s AND role_code = %(role)s
        ORDER BY attested_at DESC, id DESC LIMIT 1
    )
    SELECT
        (SELECT json_agg(json_build_array(version, key, value)
                         ORDER BY valid_from, version)
         FROM access_policy WHERE is_approved AND {_ON_THE_DAY}) AS policies,
        (SELECT is_approved FROM results_organization
         WHERE id = %(organization)s) AS is_approved,
        EXISTS (SELECT FROM access_roleassignment
                WHERE {_ON_THE_DAY} AND organization_id = %(organization)s
                AND hpr_number = %(hpr_number)s AND role_code = %(role)s) AS is_held,
        (SELECT json_agg(capability ORDER BY valid_from)
         FROM access_rolecapability capability
         WHERE {_ON_THE_DAY} AND role_code = %(role)s) AS capabilities,
        need.id AS need_id, need.basis, need.purpose_of_use, need.expires_at,
        need.ended_at,
        (SELECT version FROM access_patientpolicy
         WHERE patient_id = %(patient)s) AS version,
        EXISTS (SELECT FROM access_practitionerblock
                WHERE {_HOLDS} AND hpr_number = %(hpr_number)s) AS is_blocked,
        ARRAY(SELECT scope FROM closed) AS scopes,
        ARRAY(SELECT category FROM closed) AS categories,
        ARRAY(SELECT report_id FROM closed) AS report_ids,
        (SELECT category FROM results_diagnosticreportversion
         WHERE report_id = %(report)s AND patient_id = %(patient)s
         AND is_current) AS report_category,
        EXISTS (SELECT FROM results_diagnosticreportversion v
                JOIN results_practitioner p ON p.id = v.requester_id
                WHERE v.report_id = %(report)s AND v.patient_id = %(patient)s
                AND v.is_current AND p.hpr_number = %(hpr_number)s) AS is_requester,
        EXISTS (SELECT FROM access_consent
                WHERE patient_id = %(patient)s AND hpr_number = %(hpr_number)s
                AND organization_id = %(organization)s
                AND withdrawn_at IS NULL AND valid_to > %(at)s) AS has_consent,
        EXISTS (SELECT FROM results_optout
                WHERE patient_id = %(patient)s AND valid_to IS NULL) AS is_reserved,
        CASE WHEN %(is_opening)s THEN (
            SELECT count(*) FROM access_accesslogentry
            WHERE user_id = %(user)s AND action = 'open-patient' AND NOT is_permitted
            AND at > %(at)s - interval '1 hour' AND at <= %(at)s
        ) ELSE 0 END AS recent_refusals
    FROM (VALUES (1)) AS always LEFT JOIN need ON true
"""  # noqa: S608 - put together from constants
