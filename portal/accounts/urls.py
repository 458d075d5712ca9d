"""The way in and out is open: nobody has signed in before they have signed in."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from portal.accounts import (
    at_provider,
    provider_logout,
    publishing,
    sessions,
    views,
    workplace,
)

app_name = "accounts"
urlpatterns = [
    path("", login_not_required(views.login), name="login"),
    path("arbeidssted/", workplace.workplace, name="workplace"),
    path("mine/", sessions.sessions, name="sessions"),
    path("mine/avslutt-andre/", sessions.end_others, name="end_others"),
    path("mine/<uuid:session_id>/avslutt/", sessions.end_session, name="end_session"),
    path("ut/", login_not_required(views.logout), name="logout"),
    path("avsluttet/", login_not_required(views.logged_out), name="logged_out"),
    path(
        "helseid/start/",
        login_not_required(at_provider.HelseIDRequest.as_view()),
        name="helseid_authenticate",
    ),
    path(
        "helseid/tilbake/",
        login_not_required(at_provider.HelseIDCallback.as_view()),
        name="helseid_callback",
    ),
    path(
        "helseid/bakkanal/",
        login_not_required(provider_logout.back_channel),
        {"provider_key": "helseid"},
        name="helseid_back_channel",
    ),
    path(
        "helseid/framkanal/",
        login_not_required(provider_logout.front_channel),
        {"provider_key": "helseid"},
        name="helseid_front_channel",
    ),
    path(
        "helseid/nokler/",
        login_not_required(publishing.keys),
        {"provider_key": "helseid"},
        name="helseid_keys",
    ),
    path(
        "idporten/start/",
        login_not_required(at_provider.IDPortenRequest.as_view()),
        name="idporten_authenticate",
    ),
    path(
        "idporten/tilbake/",
        login_not_required(at_provider.IDPortenCallback.as_view()),
        name="idporten_callback",
    ),
    path(
        "idporten/bakkanal/",
        login_not_required(provider_logout.back_channel),
        {"provider_key": "idporten"},
        name="idporten_back_channel",
    ),
    path(
        "idporten/framkanal/",
        login_not_required(provider_logout.front_channel),
        {"provider_key": "idporten"},
        name="idporten_front_channel",
    ),
    path(
        "idporten/nokler/",
        login_not_required(publishing.keys),
        {"provider_key": "idporten"},
        name="idporten_keys",
    ),
]
