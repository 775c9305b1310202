# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PJSIP objects as they run; all are read only. Document: /admin/pjsip, which leaves registration_outbounds blank and calls
/auths "/auth"; facts/jade.md 5, /admin/pjsip.
"""

from __future__ import annotations

import typing as t

from ..._model import converters
from ..._model.resource import Field, Resource
from .fields import TM_UPDATE
from .pjsip_endpoint import (
    PJSIP_ENDPOINT,
    RELOADS,
    flag,
    identity,
    listed,
    text,
    whole,
)

__all__ = ("PJSIP_AOR", "PJSIP_AUTH", "PJSIP_CONTACT", "PJSIP_ENDPOINT", "PJSIP_REGISTRATION_OUTBOUND")


def _measured(value: t.Any) -> int | None:
    """A number, or what Asterisk says before there is one."""
    return None if str(value).strip() in ("", "N/A") else converters.whole(value)


PJSIP_AOR = Resource(
    system="jade",
    noun="pjsip_aor",
    plural="pjsip_aors",
    title="PJSIP AOR",
    description=(
        "The PJSIP addresses of record (AORs) that run in Asterisk now.",
        "An address of record knows at which contacts an endpoint can be reached.",
    ),
    list_path="/admin/pjsip/aors",
    detail_path="/admin/pjsip/aors/{name}",
    fields=(
        *identity("address of record, which phones register with", "aor", "pjagent-01"),
        text("endpoint_name", "Endpoint that it belongs to.", "pjagent-01"),
        listed("contacts", "Its contacts, each as address of record and SIP URI.", "pjagent-01/sip:35740219@10.12.118.159:49027"),
        whole("total_contacts", "Number of contacts, whether registered or permanent.", 1),
        whole("contacts_registered", "Number of contacts that a phone has registered.", 1),
        whole("max_contacts", "Most contacts that may be registered at a time; 0 allows none.", 1),
        flag("remove_existing", "Whether a new registration beyond C(max_contacts) pushes out old ones.", True),
        whole("default_expiration", "Lifetime in seconds of a registration that doesn't ask for one.", 3600),
        whole("minimum_expiration", "Shortest lifetime that a registration gets, in seconds.", 60),
        whole("maximum_expiration", "Longest lifetime that a registration gets, in seconds.", 7200),
        whole("qualify_frequency", "Seconds between checks whether contacts can be reached; 0 is never.", 60),
        whole("qualify_timeout", "Seconds to wait for the answer to such a check. Jade drops the fraction.", 3),
        flag("authenticate_qualify", "Whether Asterisk logs in when a contact asks for it in such a check."),
        listed("mailboxes", "Mailboxes that phones get told of when they subscribe to voicemail.", "pjagent-01@vm-demo"),
        text("voicemail_extension", "Extension for listening to voicemail, which notifications tell the phone.", "*97"),
        text("outbound_proxy", "SIP URI of the proxy that checks of contacts go through.", "sip:proxy.example.com"),
        flag("support_path", "Whether the Path of a registration is kept, and requests to the contact routed by it."),
        TM_UPDATE,
    ),
    notes=(RELOADS,),
)

PJSIP_AUTH = Resource(
    system="jade",
    noun="pjsip_auth",
    plural="pjsip_auths",
    title="PJSIP authentication",
    description=("The PJSIP authentications that run in Asterisk now: names and passwords of phones and trunks.",),
    list_path="/admin/pjsip/auths",
    detail_path="/admin/pjsip/auths/{name}",
    fields=(
        *identity("authentication", "auth", "pjagent-01"),
        text("endpoint_name", "Endpoint that it belongs to.", "pjagent-01"),
        text("auth_type", "What is stored: V(userpass) is a password, V(md5) a hash of it.", "userpass"),
        text("username", "Name to log in with.", "pjagent-01"),
        text("password", "Password in clear, for V(userpass).", "********", secret=True),
        text("md5_cred", "Hash of user name, realm, and password, for V(md5); as good as the password.", "********", secret=True),
        text("realm", "Realm that the password is for; if empty, Asterisk's default, or for trunks any.", "asterisk"),
        whole("nonce_lifetime", "Seconds for which a challenge (nonce) can be answered.", 32),
        TM_UPDATE,
    ),
    notes=("Jade sends passwords in clear text; they are returned only with O(include_secrets=true).", RELOADS),
)

PJSIP_CONTACT = Resource(
    system="jade",
    noun="pjsip_contact",
    plural="pjsip_contacts",
    title="PJSIP contact",
    description=("The PJSIP contacts that Asterisk knows now: where registered phones and trunks can be reached.",),
    list_path="/admin/pjsip/contacts",
    detail_path="/admin/pjsip/contacts/{id}",
    key="id",
    fields=(
        text("id", "Asterisk's ID of the contact.", "pjagent-01;@116e48d167ff94856cbc9009cdc735b2"),
        text("uri", "SIP URI that calls are sent to.", "sip:35740219@10.12.118.159:49027"),
        text("aor", "Address of record that it belongs to.", "pjagent-01"),
        text("endpoint_name", "Endpoint that it belongs to.", "pjagent-01"),
        text(
            "status",
            "Whether it could be reached: V(Reachable) or V(Unreachable); V(NonQualified) isn't checked, V(Unknown) not yet.",
            "Reachable",
        ),
        Field(
            "round_trip_usec",
            "Time that the last check took, in microseconds; C(null) before there was one.",
            type="int",
            convert=_measured,
            sample=24180,
        ),
        Field(
            "reg_expire",
            "When the registration ends. UTC, ISO 8601. C(null) for a contact that is permanent.",
            convert=converters.epoch,
            sample="2017-12-19T20:11:05Z",
        ),
        whole("qualify_frequency", "Seconds between checks whether it can be reached; 0 is never.", 60),
        whole("qualify_timeout", "Seconds to wait for its answer. Jade drops the fraction.", 3, old=("qualify_timout",)),
        flag("authentication_qualify", "Whether Asterisk logs in when the contact asks for it in a check."),
        text("user_agent", "Name and version of the phone, as it told when registering.", "Blink 3.0.3 (Linux)"),
        text("via_address", "Address in the last Via header of the registration.", "10.12.118.159:49027"),
        text("call_id", "Call-ID of the registration.", "c67ef58c-3b65-44cd-a9a8-784e2af542d3"),
        text("path", "Path header of the registration: the proxies on the way to the contact.", "<sip:proxy.example.com;lr>"),
        text("outbound_proxy", "SIP URI of the proxy that checks of it go through.", "sip:proxy.example.com"),
        TM_UPDATE,
    ),
)

PJSIP_REGISTRATION_OUTBOUND = Resource(
    system="jade",
    noun="pjsip_registration_outbound",
    plural="pjsip_registration_outbounds",
    title="PJSIP outbound registration",
    description=("The registrations that Asterisk itself keeps with other servers, such as those of providers.",),
    list_path="/admin/pjsip/registration_outbounds",
    detail_path="/admin/pjsip/registration_outbounds/{name}",
    fields=(
        *identity("registration", "registration", "provider"),
        text("status", "State: V(Registered), V(Unregistered), V(Rejected), V(Stopping) or V(Stopped).", "Registered"),
        whole("next_reg", "Seconds until it is renewed or tried again, as of C(tm_update).", 3420),
        text("server_uri", "SIP URI of the registrar.", "sip:sip.example.com"),
        text("client_uri", "SIP URI that is registered.", "sip:100@sip.example.com"),
        text("contact_user", "User part of the contact, which calls are then sent to; if empty, V(s).", "100"),
        whole("expiration", "Lifetime in seconds that is asked for.", 3600),
        whole("max_retries", "Attempts after which Asterisk gives up.", 10),
        whole("retry_interval", "Seconds between attempts.", 60),
        whole("fatal_retry_interval", "Seconds until another attempt after a final refusal; 0 is no other."),
        whole("forbidden_retry_interval", "Seconds until another attempt after a 403; 0 is no other."),
        flag("auth_rejection_permanent", "Whether Asterisk gives up as soon as the password is refused.", True),
        flag("line", "Whether calls are assigned to C(endpoint) by a mark in the contact, which the provider sends back.", True),
        text("endpoint", "Endpoint that such calls are assigned to.", "provider"),
        listed("outbound_auth", "Authentications to log in with.", "provider"),
        text("outbound_proxy", "SIP URI of the proxy that the registration goes through.", "sip:proxy.example.com"),
        text("transport", "Transport that it takes; if empty, the first that fits.", "jade-transport-udp"),
        flag("support_path", "Whether proxies on the way may add themselves to the Path."),
        TM_UPDATE,
    ),
    notes=(RELOADS, "For the trunks behind these registrations see M(telephony.pbx.jade_trunk_info)."),
)
