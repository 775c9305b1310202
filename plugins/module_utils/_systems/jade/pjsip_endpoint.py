# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PJSIP endpoints as they run, and how fields of PJSIP objects are written down. Document: /admin/pjsip/endpoints;
facts/jade.md 5, /admin/pjsip. What a field means is what the option of Asterisk's pjsip.conf means.
"""

from __future__ import annotations

import typing as t

from ..._model import converters
from ..._model.resource import Field, Resource
from .fields import TM_UPDATE

NOTHING = "(nothing)"  # Asterisk's word for no codec
RELOADS = (
    "Jade reads these objects anew when Asterisk reloads PJSIP. A change shows after about a second, and for an instant before"
    " that the list may be empty."
)


def names(value: t.Any) -> list[str]:
    """A list that Asterisk writes as "(a|b)", "a,b" or "": in its order, without repeats."""
    written = converters.text(value).strip()
    if written == NOTHING:
        return []
    in_parentheses = written.startswith("(") and written.endswith(")")
    parts = written[1:-1].split("|") if in_parentheses else written.split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def text(name: str, description: str, sample: str, **more: t.Any) -> Field:
    """A text."""
    return Field(name, description, sample=sample, **more)


def flag(name: str, description: str, sample: bool = False, **more: t.Any) -> Field:
    """A switch, which Jade sends as a text."""
    return Field(name, description, type="bool", sample=sample, **more)


def whole(name: str, description: str, sample: int = 0, **more: t.Any) -> Field:
    """A whole number, which Jade sends as a number or a text."""
    return Field(name, description, type="int", sample=sample, **more)


def listed(name: str, description: str, *sample: str) -> Field:
    """Several texts, which Jade sends as one."""
    return Field(name, description, type="list", elements="str", convert=names, sample=list(sample))


def identity(what: str, kind: str, sample: str) -> tuple[Field, ...]:
    """The fields that Asterisk's objects begin with."""
    return (
        Field("name", f"Name of the {what}.", sample=sample, api="object_name"),
        Field("object_type", f"Type that Asterisk gives the object; always V({kind}).", sample=kind),
    )


WHO_IT_IS = (
    *identity("endpoint, as in C(PJSIP/pjagent-01)", "endpoint", "pjagent-01"),
    text("device_state", "State of the device in Asterisk's words, such as V(Not in use) or V(Unavailable).", "Not in use"),
    whole("device_state_busy_at", "Number of channels from which on C(device_state) is busy rather than in use; 0 is never."),
    listed("active_channels", "Channels that it has now. Many versions of Asterisk leave them out even during a call."),
    listed("aors", "Addresses of record whose contacts are called.", "pjagent-01"),
    listed("auth", "Authentications that check its requests; with none, it isn't asked for a password.", "pjagent-01"),
    listed("outbound_auth", "Authentications that Asterisk uses when the endpoint asks for a password."),
    listed("identify_by", "How its requests are recognized: V(username), V(auth_username), V(ip), V(header).", "username", "ip"),
    listed("acl", "Lists of C(acl.conf) that say from which addresses it may send."),
    listed("contact_acl", "Lists of C(acl.conf) that say which addresses its contacts may have."),
    text("transport", "Transport that SIP messages to it take; if empty, the first that fits.", "transport-udp"),
    text("outbound_proxy", "SIP URI of the proxy that requests to it go through.", "sip:proxy.example.com"),
    text("account_code", "Account code that its channels get, for billing.", "sales"),
    text("set_var", "Channel variables that its channels start with, as C(name=value), separated by commas.", "floor=2"),
    text("language", "Language of the announcements that it hears.", "en"),
    text("tone_zone", "Country whose tones it hears, such as dial tone and busy tone.", "us"),
)
CALLS = (
    text("context", "Dialplan context of calls from it.", "demo"),
    text("message_context", "Dialplan context of text messages (MESSAGE) from it; if empty, C(context).", "messages"),
    flag("allow_overlap", "Whether it may send a number digit by digit.", True),
    flag("allow_transfer", "Whether it may transfer calls by SIP REFER.", True),
    flag("refer_blind_progress", "Whether it is told of each step of a blind transfer, rather than of success at once.", True),
    text(
        "redirect_method",
        "What is done when it redirects a call: V(user) dials the user part in the dialplan, V(uri_core) leaves the URI to"
        " the application that dials, V(uri_pjsip) follows it within the channel driver. Asterisk may leave it empty.",
        "user",
    ),
    flag("user_eq_phone", "Whether C(user=phone) is added to SIP URIs with a phone number."),
    flag("inband_progress", "Whether it gets ringing as audio (183), rather than as a signal (180) alone."),
    listed("call_group", "Numbers of the groups whose members may pick up calls that ring here.", "1"),
    listed("pickup_group", "Numbers of the groups whose calls it may pick up.", "1"),
    listed("named_call_group", "Names of the groups whose members may pick up calls that ring here.", "sales"),
    listed("named_pickup_group", "Names of the groups whose calls it may pick up.", "sales"),
    flag("one_touch_recording", "Whether it may start and stop recording by SIP INFO."),
    text("record_on_feature", "Feature of C(features.conf) that starts such a recording.", "automixmon"),
    text("record_off_feature", "Feature of C(features.conf) that stops it.", "automixmon"),
    text("moh_suggest", "Class of the music that others hear when it puts them on hold.", "default"),
    flag("moh_passthrough", "Whether it is itself told of a hold by a re-INVITE, instead of hearing music."),
)
CALLER_ID = (
    text("caller_id", "Caller ID of its calls, as name and number.", "Alice <100>"),
    text(
        "caller_id_privacy",
        "Whether its caller ID may be shown, and how far it was checked, such as V(allowed_not_screened) or V(prohib).",
        "allowed_not_screened",
    ),
    text("caller_id_tag", "Tag of its caller ID, which stays within Asterisk.", "sales"),
    text("from_user", "User name in the From header of requests to it.", "asterisk"),
    text("from_domain", "Domain in the From header of requests to it.", "pbx.example.com"),
    flag("trust_id_inbound", "Whether the identity is believed that it sends (P-Asserted-Identity, Remote-Party-ID)."),
    flag("trust_id_outbound", "Whether it is sent identities that are private."),
    flag("send_pai", "Whether it is sent the P-Asserted-Identity header."),
    flag("send_rpid", "Whether it is sent the Remote-Party-ID header."),
    flag("send_diversion", "Whether it is sent the Diversion header, which says who forwarded a call.", True),
    flag("rpid_immediate", "Whether a caller is told at once of a new connected line before the call is answered."),
    text("connected_line_method", "SIP request that tells of a new connected line: V(invite) or V(update).", "invite"),
)
PRESENCE_AND_VOICEMAIL = (
    flag("allow_subscribe", "Whether it may subscribe, to hints and voicemail for instance.", True),
    text("subscribe_context", "Dialplan context with the hints that it subscribes to; if empty, C(context).", "hints"),
    whole("sub_min_expiry", "Shortest lifetime of a subscription that it may ask for, in seconds."),
    flag("notify_early_inuse_ringing", "Whether it is shown V(early) for an extension that rings while in use."),
    listed("mailboxes", "Mailboxes of which it is notified without having subscribed.", "pjagent-01@vm-demo"),
    flag("aggregate_mwi", "Whether one notification covers all of C(mailboxes).", True),
    flag("mwi_subscribe_replaces_unsolicited", "Whether these notifications stop once it subscribes to voicemail itself."),
    text("mwi_from_user", "User name in the From header of these notifications.", "voicemail"),
    text("incoming_mwi_mailbox", "Mailbox that its own notifications of voicemail stand for; if empty, none.", "100@provider"),
    text("voicemail_extension", "Extension for listening to voicemail, which notifications tell the phone.", "*97"),
)
SIP = (
    text("rel_100", "Reliable provisional responses: V(no), V(yes), V(peer_supported) or V(required).", "yes"),
    text("timers", "Session timers: V(no), V(yes) if the other side wants them, V(required) or V(always).", "yes"),
    whole("timers_min_se", "Shortest session timer that is accepted, in seconds.", 90),
    whole("timers_sess_expires", "Session timer that is asked for, in seconds.", 1800),
    text("sdp_owner", "User name in the SDP's line of origin (o=).", "-"),
    text("sdp_session", "Name of the session in the SDP (s=).", "Asterisk"),
)
NAT = (
    flag("force_rport", "Whether responses go to the port that a request came from, even if it doesn't ask for it.", True),
    flag("rewrite_contact", "Whether the address that its messages come from takes the place of its contact."),
    flag("ice_support", "Whether ICE is used to find a way for media through NAT."),
    flag("rtp_symmetric", "Whether RTP is sent to where the endpoint's RTP comes from, whatever the SDP says."),
    whole("rtp_keepalive", "Seconds between packets of comfort noise, which keep NAT open; 0 is none."),
    text("media_address", "IP address for media in the SDP; if empty, Asterisk's own.", "192.0.2.10"),
    flag("bind_rtp_to_media_address", "Whether RTP is sent from C(media_address) as well."),
)
DIRECT_MEDIA = (
    flag("direct_media", "Whether media may flow between the phones, past Asterisk.", True),
    text("direct_media_method", "SIP request that sets it up: V(invite) or V(update).", "invite"),
    text(
        "direct_media_glare_mitigation",
        "On which calls Asterisk holds that request back, lest both sides send one: V(none), V(incoming), V(outgoing).",
        "none",
    ),
    flag("disable_direct_media_on_nat", "Whether media stays with Asterisk where there is NAT in between."),
)
MEDIA = (
    listed("allow", "Codecs that it may use, the preferred one first, each once.", "ulaw", "alaw"),
    listed("disallow", "Codecs that it may not use. Asterisk leaves it empty, since C(allow) is what remains."),
    flag("preferred_codec_only", "Whether calls from it are answered with the preferred codec alone."),
    flag("asymmetric_rtp_codec", "Whether RTP to it may have another codec than RTP from it."),
    flag("g_726_non_standard", "Whether G.726 is packed as for AAL2, instead of by RFC 3551."),
    flag("use_ptime", "Whether packets cover as much time as the endpoint asks for."),
    whole("max_audio_streams", "Most audio streams of a call.", 1),
    whole("max_video_streams", "Most video streams of a call.", 1),
    flag("bundle", "Whether several streams may share one transport; this implies C(rtcp_mux)."),
    flag("webrtc", "Whether everything is set that WebRTC needs, such as C(rtcp_mux), C(use_avpf), C(ice_support), and DTLS."),
    text("rtp_engine", "RTP engine of its channels.", "asterisk"),
    flag("rtp_ipv6", "Whether RTP may use IPv6."),
    whole("rtp_timeout", "Seconds without RTP after which a call is hung up; 0 is never."),
    whole("rtp_timeout_hold", "The same for a call on hold."),
    flag("rtcp_mux", "Whether RTCP may share the port of RTP."),
    flag("use_avpf", "Whether the RTP profiles with feedback (AVPF, SAVPF) are used, and no others accepted."),
    flag("force_avp", "Whether the plain names of RTP profiles are offered even for DTLS, which has names of its own."),
    flag("media_use_received_transport", "Whether an answer repeats the media transport of the offer."),
    whole("tos_audio", "Type of service of audio packets, as a number; 184 is EF."),
    whole("tos_video", "Type of service of video packets, as a number; 136 is AF41."),
    whole("cos_audio", "Priority of audio packets in the local network (802.1p)."),
    whole("cos_video", "Priority of video packets in the local network (802.1p)."),
)
DTMF_AND_FAX = (
    text("dtmf_mode", "How digits travel: V(rfc4733), V(inband), V(info), V(auto), V(auto_info) or V(none).", "rfc4733"),
    flag("fax_detect", "Whether a fax tone sends the call to the extension V(fax)."),
    whole("fax_detect_time", "Seconds from the start of a call in which fax tones are looked for; 0 is without end."),
    flag("t38_udptl", "Whether fax over T.38 is accepted and passed on."),
    text("t38_udptl_ec", "Error correction of T.38: V(none), V(fec) or V(redundancy).", "none"),
    whole("t38_udptl_maxdatagram", "Largest T.38 packet to send, whatever the endpoint says; 0 goes by the endpoint."),
    flag("t38_udptl_nat", "Whether T.38 packets are sent to where those of the endpoint come from."),
    flag("t38_udptl_ipv6", "Whether T.38 uses IPv6."),
)
ENCRYPTION = (
    text("media_encryption", "Encryption of media: V(no), V(sdes) with keys in the SDP, or V(dtls).", "no"),
    flag("media_encryption_optimistic", "Whether a call goes on in clear where encryption can't be agreed on."),
    flag("srtp_tag32", "Whether authentication tags of SRTP have 32 bits instead of 80."),
    text(
        "dtls_verify",
        "What is checked of the other side. V(No) is nothing. Asterisk may say V(Yes) for fingerprint, certificate, or both.",
        "No",
    ),
    whole("dtls_rekey", "Seconds until new keys are negotiated; 0 is never."),
    text("dtls_cert_file", "File with the certificate that is presented.", "/etc/asterisk/keys/asterisk.pem"),
    text("dtls_private_key", "File with the private key of that certificate.", "/etc/asterisk/keys/asterisk.pem"),
    text("dtls_cipher", "Ciphers that may be used, in OpenSSL's notation.", "ALL"),
    text("dtls_ca_file", "File with the certificates of the authorities to trust.", "/etc/asterisk/keys/ca.crt"),
    text("dtls_ca_path", "Directory with the certificates of the authorities to trust.", "/etc/ssl/certs"),
    text("dtls_setup", "Who connects: V(active) is Asterisk, V(passive) the other side, V(actpass) either of them.", "active"),
    text("dtls_fingerprint", "Hash of the fingerprint in the SDP: V(SHA-256) or V(SHA-1).", "SHA-256"),
)

PJSIP_ENDPOINT = Resource(
    system="jade",
    noun="pjsip_endpoint",
    plural="pjsip_endpoints",
    title="PJSIP endpoint",
    description=(
        "The PJSIP endpoints that run in Asterisk now, with all of their settings.",
        "An endpoint is a phone, a trunk, or anything else that Asterisk talks SIP with.",
    ),
    list_path="/admin/pjsip/endpoints",
    detail_path="/admin/pjsip/endpoints/{name}",
    fields=(
        *WHO_IT_IS,
        *CALLS,
        *CALLER_ID,
        *PRESENCE_AND_VOICEMAIL,
        *SIP,
        *NAT,
        *DIRECT_MEDIA,
        *MEDIA,
        *DTMF_AND_FAX,
        *ENCRYPTION,
        TM_UPDATE,
    ),
    notes=(RELOADS,),
)
