#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/pjsip_endpoint.py
# - dev/examples/jade_pjsip_endpoint_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_pjsip_endpoint_info
short_description: List pjsip endpoints of Jade
version_added: 0.1.0
description:
  - The PJSIP endpoints that run in Asterisk now, with all of their settings.
  - An endpoint is a phone, a trunk, or anything else that Asterisk talks SIP with.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the PJSIP endpoint with this name.
    type: str
  query:
    description:
      - JMESPath expression that is applied to the result, which then comes as RV(query_result).
      - Needs the Python library C(jmespath).
    type: str
  raw:
    description:
      - Whether to return what the server sent as well, as RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.info
notes:
  - Jade reads these objects anew when Asterisk reloads PJSIP. A change shows after about a second, and
    for an instant before that the list may be empty.
"""

EXAMPLES = r"""
- name: List all endpoints
  telephony.pbx.jade_pjsip_endpoint_info:

- name: Find one
  telephony.pbx.jade_pjsip_endpoint_info:
    name: pjagent-01
  register: endpoint

- name: Make sure that it is as it should be
  ansible.builtin.assert:
    that:
      - endpoint.count == 1
      - endpoint.pjsip_endpoints[0].context == 'demo'
      - "'ulaw' in endpoint.pjsip_endpoints[0].allow"

- name: Which endpoints talk without encryption?
  telephony.pbx.jade_pjsip_endpoint_info:
    query: "[?media_encryption=='no'].name"

- name: Which are asked for no password?
  telephony.pbx.jade_pjsip_endpoint_info:
    query: "[?!auth].name"
"""

RETURN = r"""
pjsip_endpoints:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the endpoint, as in C(PJSIP/pjagent-01).
      type: str
      returned: success
      sample: pjagent-01
    object_type:
      description:
        - Type that Asterisk gives the object; always V(endpoint).
      type: str
      returned: success
      sample: endpoint
    device_state:
      description:
        - State of the device in Asterisk's words, such as V(Not in use) or V(Unavailable).
      type: str
      returned: success
      sample: Not in use
    device_state_busy_at:
      description:
        - Number of channels from which on C(device_state) is busy rather than in use; 0 is never.
      type: int
      returned: success
      sample: 0
    active_channels:
      description:
        - Channels that it has now. Many versions of Asterisk leave them out even during a call.
      type: list
      elements: str
      returned: success
      sample: []
    aors:
      description:
        - Addresses of record whose contacts are called.
      type: list
      elements: str
      returned: success
      sample:
        - pjagent-01
    auth:
      description:
        - Authentications that check its requests; with none, it isn't asked for a password.
      type: list
      elements: str
      returned: success
      sample:
        - pjagent-01
    outbound_auth:
      description:
        - Authentications that Asterisk uses when the endpoint asks for a password.
      type: list
      elements: str
      returned: success
      sample: []
    identify_by:
      description:
        - 'How its requests are recognized: V(username), V(auth_username), V(ip), V(header).'
      type: list
      elements: str
      returned: success
      sample:
        - username
        - ip
    acl:
      description:
        - Lists of C(acl.conf) that say from which addresses it may send.
      type: list
      elements: str
      returned: success
      sample: []
    contact_acl:
      description:
        - Lists of C(acl.conf) that say which addresses its contacts may have.
      type: list
      elements: str
      returned: success
      sample: []
    transport:
      description:
        - Transport that SIP messages to it take; if empty, the first that fits.
      type: str
      returned: success
      sample: transport-udp
    outbound_proxy:
      description:
        - SIP URI of the proxy that requests to it go through.
      type: str
      returned: success
      sample: sip:proxy.example.com
    account_code:
      description:
        - Account code that its channels get, for billing.
      type: str
      returned: success
      sample: sales
    set_var:
      description:
        - Channel variables that its channels start with, as C(name=value), separated by commas.
      type: str
      returned: success
      sample: floor=2
    language:
      description:
        - Language of the announcements that it hears.
      type: str
      returned: success
      sample: en
    tone_zone:
      description:
        - Country whose tones it hears, such as dial tone and busy tone.
      type: str
      returned: success
      sample: us
    context:
      description:
        - Dialplan context of calls from it.
      type: str
      returned: success
      sample: demo
    message_context:
      description:
        - Dialplan context of text messages (MESSAGE) from it; if empty, C(context).
      type: str
      returned: success
      sample: messages
    allow_overlap:
      description:
        - Whether it may send a number digit by digit.
      type: bool
      returned: success
      sample: true
    allow_transfer:
      description:
        - Whether it may transfer calls by SIP REFER.
      type: bool
      returned: success
      sample: true
    refer_blind_progress:
      description:
        - Whether it is told of each step of a blind transfer, rather than of success at once.
      type: bool
      returned: success
      sample: true
    redirect_method:
      description:
        - 'What is done when it redirects a call: V(user) dials the user part in the dialplan, V(uri_core)
          leaves the URI to the application that dials, V(uri_pjsip) follows it within the channel driver.
          Asterisk may leave it empty.'
      type: str
      returned: success
      sample: user
    user_eq_phone:
      description:
        - Whether C(user=phone) is added to SIP URIs with a phone number.
      type: bool
      returned: success
      sample: false
    inband_progress:
      description:
        - Whether it gets ringing as audio (183), rather than as a signal (180) alone.
      type: bool
      returned: success
      sample: false
    call_group:
      description:
        - Numbers of the groups whose members may pick up calls that ring here.
      type: list
      elements: str
      returned: success
      sample:
        - '1'
    pickup_group:
      description:
        - Numbers of the groups whose calls it may pick up.
      type: list
      elements: str
      returned: success
      sample:
        - '1'
    named_call_group:
      description:
        - Names of the groups whose members may pick up calls that ring here.
      type: list
      elements: str
      returned: success
      sample:
        - sales
    named_pickup_group:
      description:
        - Names of the groups whose calls it may pick up.
      type: list
      elements: str
      returned: success
      sample:
        - sales
    one_touch_recording:
      description:
        - Whether it may start and stop recording by SIP INFO.
      type: bool
      returned: success
      sample: false
    record_on_feature:
      description:
        - Feature of C(features.conf) that starts such a recording.
      type: str
      returned: success
      sample: automixmon
    record_off_feature:
      description:
        - Feature of C(features.conf) that stops it.
      type: str
      returned: success
      sample: automixmon
    moh_suggest:
      description:
        - Class of the music that others hear when it puts them on hold.
      type: str
      returned: success
      sample: default
    moh_passthrough:
      description:
        - Whether it is itself told of a hold by a re-INVITE, instead of hearing music.
      type: bool
      returned: success
      sample: false
    caller_id:
      description:
        - Caller ID of its calls, as name and number.
      type: str
      returned: success
      sample: Alice <100>
    caller_id_privacy:
      description:
        - Whether its caller ID may be shown, and how far it was checked, such as V(allowed_not_screened)
          or V(prohib).
      type: str
      returned: success
      sample: allowed_not_screened
    caller_id_tag:
      description:
        - Tag of its caller ID, which stays within Asterisk.
      type: str
      returned: success
      sample: sales
    from_user:
      description:
        - User name in the From header of requests to it.
      type: str
      returned: success
      sample: asterisk
    from_domain:
      description:
        - Domain in the From header of requests to it.
      type: str
      returned: success
      sample: pbx.example.com
    trust_id_inbound:
      description:
        - Whether the identity is believed that it sends (P-Asserted-Identity, Remote-Party-ID).
      type: bool
      returned: success
      sample: false
    trust_id_outbound:
      description:
        - Whether it is sent identities that are private.
      type: bool
      returned: success
      sample: false
    send_pai:
      description:
        - Whether it is sent the P-Asserted-Identity header.
      type: bool
      returned: success
      sample: false
    send_rpid:
      description:
        - Whether it is sent the Remote-Party-ID header.
      type: bool
      returned: success
      sample: false
    send_diversion:
      description:
        - Whether it is sent the Diversion header, which says who forwarded a call.
      type: bool
      returned: success
      sample: true
    rpid_immediate:
      description:
        - Whether a caller is told at once of a new connected line before the call is answered.
      type: bool
      returned: success
      sample: false
    connected_line_method:
      description:
        - 'SIP request that tells of a new connected line: V(invite) or V(update).'
      type: str
      returned: success
      sample: invite
    allow_subscribe:
      description:
        - Whether it may subscribe, to hints and voicemail for instance.
      type: bool
      returned: success
      sample: true
    subscribe_context:
      description:
        - Dialplan context with the hints that it subscribes to; if empty, C(context).
      type: str
      returned: success
      sample: hints
    sub_min_expiry:
      description:
        - Shortest lifetime of a subscription that it may ask for, in seconds.
      type: int
      returned: success
      sample: 0
    notify_early_inuse_ringing:
      description:
        - Whether it is shown V(early) for an extension that rings while in use.
      type: bool
      returned: success
      sample: false
    mailboxes:
      description:
        - Mailboxes of which it is notified without having subscribed.
      type: list
      elements: str
      returned: success
      sample:
        - pjagent-01@vm-demo
    aggregate_mwi:
      description:
        - Whether one notification covers all of C(mailboxes).
      type: bool
      returned: success
      sample: true
    mwi_subscribe_replaces_unsolicited:
      description:
        - Whether these notifications stop once it subscribes to voicemail itself.
      type: bool
      returned: success
      sample: false
    mwi_from_user:
      description:
        - User name in the From header of these notifications.
      type: str
      returned: success
      sample: voicemail
    incoming_mwi_mailbox:
      description:
        - Mailbox that its own notifications of voicemail stand for; if empty, none.
      type: str
      returned: success
      sample: 100@provider
    voicemail_extension:
      description:
        - Extension for listening to voicemail, which notifications tell the phone.
      type: str
      returned: success
      sample: '*97'
    rel_100:
      description:
        - 'Reliable provisional responses: V(no), V(yes), V(peer_supported) or V(required).'
      type: str
      returned: success
      sample: 'yes'
    timers:
      description:
        - 'Session timers: V(no), V(yes) if the other side wants them, V(required) or V(always).'
      type: str
      returned: success
      sample: 'yes'
    timers_min_se:
      description:
        - Shortest session timer that is accepted, in seconds.
      type: int
      returned: success
      sample: 90
    timers_sess_expires:
      description:
        - Session timer that is asked for, in seconds.
      type: int
      returned: success
      sample: 1800
    sdp_owner:
      description:
        - User name in the SDP's line of origin (o=).
      type: str
      returned: success
      sample: '-'
    sdp_session:
      description:
        - Name of the session in the SDP (s=).
      type: str
      returned: success
      sample: Asterisk
    force_rport:
      description:
        - Whether responses go to the port that a request came from, even if it doesn't ask for it.
      type: bool
      returned: success
      sample: true
    rewrite_contact:
      description:
        - Whether the address that its messages come from takes the place of its contact.
      type: bool
      returned: success
      sample: false
    ice_support:
      description:
        - Whether ICE is used to find a way for media through NAT.
      type: bool
      returned: success
      sample: false
    rtp_symmetric:
      description:
        - Whether RTP is sent to where the endpoint's RTP comes from, whatever the SDP says.
      type: bool
      returned: success
      sample: false
    rtp_keepalive:
      description:
        - Seconds between packets of comfort noise, which keep NAT open; 0 is none.
      type: int
      returned: success
      sample: 0
    media_address:
      description:
        - IP address for media in the SDP; if empty, Asterisk's own.
      type: str
      returned: success
      sample: 192.0.2.10
    bind_rtp_to_media_address:
      description:
        - Whether RTP is sent from C(media_address) as well.
      type: bool
      returned: success
      sample: false
    direct_media:
      description:
        - Whether media may flow between the phones, past Asterisk.
      type: bool
      returned: success
      sample: true
    direct_media_method:
      description:
        - 'SIP request that sets it up: V(invite) or V(update).'
      type: str
      returned: success
      sample: invite
    direct_media_glare_mitigation:
      description:
        - 'On which calls Asterisk holds that request back, lest both sides send one: V(none), V(incoming),
          V(outgoing).'
      type: str
      returned: success
      sample: none
    disable_direct_media_on_nat:
      description:
        - Whether media stays with Asterisk where there is NAT in between.
      type: bool
      returned: success
      sample: false
    allow:
      description:
        - Codecs that it may use, the preferred one first, each once.
      type: list
      elements: str
      returned: success
      sample:
        - ulaw
        - alaw
    disallow:
      description:
        - Codecs that it may not use. Asterisk leaves it empty, since C(allow) is what remains.
      type: list
      elements: str
      returned: success
      sample: []
    preferred_codec_only:
      description:
        - Whether calls from it are answered with the preferred codec alone.
      type: bool
      returned: success
      sample: false
    asymmetric_rtp_codec:
      description:
        - Whether RTP to it may have another codec than RTP from it.
      type: bool
      returned: success
      sample: false
    g_726_non_standard:
      description:
        - Whether G.726 is packed as for AAL2, instead of by RFC 3551.
      type: bool
      returned: success
      sample: false
    use_ptime:
      description:
        - Whether packets cover as much time as the endpoint asks for.
      type: bool
      returned: success
      sample: false
    max_audio_streams:
      description:
        - Most audio streams of a call.
      type: int
      returned: success
      sample: 1
    max_video_streams:
      description:
        - Most video streams of a call.
      type: int
      returned: success
      sample: 1
    bundle:
      description:
        - Whether several streams may share one transport; this implies C(rtcp_mux).
      type: bool
      returned: success
      sample: false
    webrtc:
      description:
        - Whether everything is set that WebRTC needs, such as C(rtcp_mux), C(use_avpf), C(ice_support),
          and DTLS.
      type: bool
      returned: success
      sample: false
    rtp_engine:
      description:
        - RTP engine of its channels.
      type: str
      returned: success
      sample: asterisk
    rtp_ipv6:
      description:
        - Whether RTP may use IPv6.
      type: bool
      returned: success
      sample: false
    rtp_timeout:
      description:
        - Seconds without RTP after which a call is hung up; 0 is never.
      type: int
      returned: success
      sample: 0
    rtp_timeout_hold:
      description:
        - The same for a call on hold.
      type: int
      returned: success
      sample: 0
    rtcp_mux:
      description:
        - Whether RTCP may share the port of RTP.
      type: bool
      returned: success
      sample: false
    use_avpf:
      description:
        - Whether the RTP profiles with feedback (AVPF, SAVPF) are used, and no others accepted.
      type: bool
      returned: success
      sample: false
    force_avp:
      description:
        - Whether the plain names of RTP profiles are offered even for DTLS, which has names of its own.
      type: bool
      returned: success
      sample: false
    media_use_received_transport:
      description:
        - Whether an answer repeats the media transport of the offer.
      type: bool
      returned: success
      sample: false
    tos_audio:
      description:
        - Type of service of audio packets, as a number; 184 is EF.
      type: int
      returned: success
      sample: 0
    tos_video:
      description:
        - Type of service of video packets, as a number; 136 is AF41.
      type: int
      returned: success
      sample: 0
    cos_audio:
      description:
        - Priority of audio packets in the local network (802.1p).
      type: int
      returned: success
      sample: 0
    cos_video:
      description:
        - Priority of video packets in the local network (802.1p).
      type: int
      returned: success
      sample: 0
    dtmf_mode:
      description:
        - 'How digits travel: V(rfc4733), V(inband), V(info), V(auto), V(auto_info) or V(none).'
      type: str
      returned: success
      sample: rfc4733
    fax_detect:
      description:
        - Whether a fax tone sends the call to the extension V(fax).
      type: bool
      returned: success
      sample: false
    fax_detect_time:
      description:
        - Seconds from the start of a call in which fax tones are looked for; 0 is without end.
      type: int
      returned: success
      sample: 0
    t38_udptl:
      description:
        - Whether fax over T.38 is accepted and passed on.
      type: bool
      returned: success
      sample: false
    t38_udptl_ec:
      description:
        - 'Error correction of T.38: V(none), V(fec) or V(redundancy).'
      type: str
      returned: success
      sample: none
    t38_udptl_maxdatagram:
      description:
        - Largest T.38 packet to send, whatever the endpoint says; 0 goes by the endpoint.
      type: int
      returned: success
      sample: 0
    t38_udptl_nat:
      description:
        - Whether T.38 packets are sent to where those of the endpoint come from.
      type: bool
      returned: success
      sample: false
    t38_udptl_ipv6:
      description:
        - Whether T.38 uses IPv6.
      type: bool
      returned: success
      sample: false
    media_encryption:
      description:
        - 'Encryption of media: V(no), V(sdes) with keys in the SDP, or V(dtls).'
      type: str
      returned: success
      sample: 'no'
    media_encryption_optimistic:
      description:
        - Whether a call goes on in clear where encryption can't be agreed on.
      type: bool
      returned: success
      sample: false
    srtp_tag32:
      description:
        - Whether authentication tags of SRTP have 32 bits instead of 80.
      type: bool
      returned: success
      sample: false
    dtls_verify:
      description:
        - What is checked of the other side. V(No) is nothing. Asterisk may say V(Yes) for fingerprint,
          certificate, or both.
      type: str
      returned: success
      sample: 'No'
    dtls_rekey:
      description:
        - Seconds until new keys are negotiated; 0 is never.
      type: int
      returned: success
      sample: 0
    dtls_cert_file:
      description:
        - File with the certificate that is presented.
      type: str
      returned: success
      sample: /etc/asterisk/keys/asterisk.pem
    dtls_private_key:
      description:
        - File with the private key of that certificate.
      type: str
      returned: success
      sample: /etc/asterisk/keys/asterisk.pem
    dtls_cipher:
      description:
        - Ciphers that may be used, in OpenSSL's notation.
      type: str
      returned: success
      sample: ALL
    dtls_ca_file:
      description:
        - File with the certificates of the authorities to trust.
      type: str
      returned: success
      sample: /etc/asterisk/keys/ca.crt
    dtls_ca_path:
      description:
        - Directory with the certificates of the authorities to trust.
      type: str
      returned: success
      sample: /etc/ssl/certs
    dtls_setup:
      description:
        - 'Who connects: V(active) is Asterisk, V(passive) the other side, V(actpass) either of them.'
      type: str
      returned: success
      sample: active
    dtls_fingerprint:
      description:
        - 'Hash of the fingerprint in the SDP: V(SHA-256) or V(SHA-1).'
      type: str
      returned: success
      sample: SHA-256
    tm_update:
      description:
        - When Jade last saw it change. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-05-22T13:24:14.979704248Z'
count:
  description:
    - How many.
  type: int
  returned: success
  sample: 1
query_result:
  description:
    - What O(query) makes of the list.
  type: raw
  returned: when O(query) is given
raw:
  description:
    - The same objects as the server sent them.
  type: list
  elements: dict
  returned: when O(raw) is true
error:
  description:
    - What went wrong, for programs, with the parts that M(telephony.pbx.api) describes.
    - RV(ignore:msg) says the same in one line.
  type: dict
  returned: failure
  sample:
    kind: authentication
    effect: none
    message: user name or password is wrong
    status: 401
"""

from ..module_utils._faces.module import run_module


def main():
    run_module("jade_pjsip_endpoint_info")


if __name__ == "__main__":
    main()
