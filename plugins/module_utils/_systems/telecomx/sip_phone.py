# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP phones of TelecomX. Document: "API : PBX : SIP Phone list"; facts/vendors.md 3.3 to 3.6.

They come in two shapes: the normal one, and the one with all settings (C(full=true)), which single phones have too. Both
become one: what a shape doesn't have is null.
"""

from __future__ import annotations

import re

from ..._model.resource import Field, Resource, SecretsInside
from . import values

# Logins and tokens within the address of a softkey or picture
SECRETS_IN_URL = SecretsInside(
    re.compile(r"(?i)(?:://[^/@\s:]*:(?=[^/@\s]+@)|[?&](?:token|password|key|secret)=)(?P<secret>[^&@\s/]+)")
)
BRANDS = "V(SNOM), V(MITEL), V(GIGASET), V(LG), V(CISCO), V(YEALINK) or V(GENERIC)"
PAYMENT = "V(NONE), V(BOUGHT), V(RENTED) or V(SELF_OWNED)"
FUNCTIONS = (
    "SPEEDDIAL, BLF, LINE, DND, DNDOTHER, ADDRESSBOOK, REDIAL, VOICEMAIL, TRANSFER, URL, HOLD, RECORD, MENU, PICKUP, PICKUPGROUP,"
    " QUEUE, SWITCH or PRESENCE"
)


def _level(name: str, what: str) -> Field:
    return Field(name, what, type="int", sample=5)


def _box(name: str, what: str, *fields: Field, api: str = "") -> Field:
    return Field(name, what, type="dict", api=api, fields=fields)


def _handset(name: str) -> Field:
    return _box(name, f"Levels of the {name}.", _level("mic", "Microphone."), _level("speaker", "Speaker."))


_PURCHASE = (
    Field("order_id", "ID of the order in an economic system.", api="orderId", sample="7213"),
    Field("date", "When it was bought or rented, ISO 8601.", sample="2020-01-01T00:00:00Z"),
    Field("payment_option", f"{PAYMENT}.", api="paymentOption", sample="RENTED"),
)
_SETTINGS = (
    Field("pbx_cluster", "Cluster that it is on: 1 production, 2 development.", type="int", api="pbxCluster", sample=1),
    Field("customer", "ID of the customer that it belongs to.", sample="0123456789abcdef01234567"),
    Field("serial", "Serial number; Grandstream devices need it.", sample="20EZ1234567890AB"),
    Field("product", "ID of the product that it is sold as; only for a single phone.", sample=None),
    Field("call_waiting", "Whether call waiting is on; C(null) where the model has none.", type="bool", api="callWaiting"),
    Field("side_panel", "Model of its side panels; C(null) if it has none.", api="sidePanel", sample=None),
    Field("side_panel_count", "How many side panels it has.", type="int", api="sidePanelCount", sample=0),
    Field(
        "softkeys_on_device",
        "Whether soft keys are set on the device, and not for the user.",
        type="bool",
        api="softkeyConfigurationOnDevice",
        sample=True,
    ),
    Field(
        "softkey_blf_blind_transfer",
        "Whether BLF keys do blind transfers, and not attended ones.",
        type="bool",
        api="softkeyBlfBlindTransfer",
        sample=False,
    ),
    Field(
        "headset_button",
        "What the headset button does: V(speaker), V(headset), V(speaker-headset) or V(headset-speaker).",
        api="headsetButton",
        sample="headset",
    ),
    Field("dhsg", "Whether it has a DHSG headset.", type="bool", sample=False),
    Field("display_brightness", "Brightness of the display, 0 to 15.", type="int", api="displayBrightness", sample=12),
    Field(
        "display_brightness_idle", "Brightness while it is idle, 0 to 15.", type="int", api="displayBrightnessIdle", sample=3
    ),
    Field(
        "display_background",
        "Address of a picture for the display.",
        api="displayBackground",
        secrets_inside=SECRETS_IN_URL,
        sample="https://pictures.example.com/logo.png",
    ),
    Field("display_font_color", "V(LIGHT) or V(DARK), on Mitel phones.", api="displayFontColor", sample="DARK"),
    Field("custom_config", "Text that is put into its configuration.", api="customConfig", secret=True, sample="********"),
    Field("username", "Name of its SIP login.", secret=True, sample="********"),
    Field("password", "Password of its SIP login.", secret=True, sample="********"),
    Field("instance_id", "ID of the WebRTC instance that it belongs to.", api="instanceId", sample=None),
    _box(
        "ringer",
        "How it rings.",
        _level("volume", "Volume."),
        Field("tone", "Number of a built-in tone, or ID of a custom one.", sample="2"),
    ),
    _box("volume", "Levels.", _handset("handset"), _handset("headset"), _handset("handsfree")),
    Field(
        "softkeys",
        "Its soft keys.",
        type="list",
        elements="dict",
        fields=(
            Field("index", "Position, from 0.", type="int", sample=0),
            Field("function", f"What it does: {FUNCTIONS}.", sample="SPEEDDIAL"),
            Field(
                "value",
                "Number, ID, name or address, by the function.",
                secrets_inside=SECRETS_IN_URL,
                sample="112",
            ),
            Field("label", "Text beside it.", sample="Emergency"),
        ),
    ),
    _box(
        "codec",
        "Codecs.",
        Field("hd_audio", "Whether HD audio is allowed.", type="bool", api="hdAudio", sample=True),
        Field("video", "Whether video is allowed.", type="bool", sample=False),
    ),
    _box(
        "network",
        "Its network.",
        Field("dhcp", "Whether it gets its address by DHCP.", type="bool", sample=False),
        Field("ip_address", "Address.", api="ipAddress", sample="192.168.1.10"),
        Field("subnet", "Network mask.", sample="255.255.255.0"),
        Field("gateway", "Default gateway.", sample="192.168.1.1"),
        Field("dns1", "First DNS server.", sample="192.168.1.1"),
        Field("dns2", "Second DNS server.", sample="8.8.8.8"),
        Field("vlan_id", "VLAN, 0 to 4094; 0 is none.", type="int", api="vlanId", sample=0),
        Field("vlan_priority", "Priority in the VLAN, 0 to 7.", type="int", api="vlanPriority", sample=5),
    ),
    _box(
        "purchase_info",
        "How it is paid for.",
        *_PURCHASE,
        Field(
            "side_panels",
            "How its side panels are paid for.",
            type="list",
            elements="dict",
            api="sidePanels",
            fields=(Field("serial", "Serial number of the side panel.", sample="SP123456"), *_PURCHASE),
        ),
        api="purchaseInfo",
    ),
    _box(
        "status",
        "What is known of it at this moment.",
        Field("config_loaded", "Last fetch of its configuration, ISO 8601.", api="configLoaded", sample="2015-01-01T00:00:00Z"),
        Field("config_saved", "Last change of its configuration, ISO 8601.", api="configSaved", sample="2014-01-01T00:00:00Z"),
        Field("online", "Whether it is online.", type="bool", sample=True),
        Field(
            "expires", "Seconds until its registration ends; C(null) if offline.", type="int", convert=values.seconds, sample=2543
        ),
        Field("local_ip_address", "Its address in the local network.", api="localIpAddress", sample="192.168.1.10"),
        Field("public_ip_address", "Its address on the Internet.", api="publicIpAddress", sample="213.83.176.134"),
        Field("user_agent", "What it calls itself.", api="userAgent", sample="snom370/8.7.3.25"),
    ),
)

SIP_PHONE = Resource(
    system="telecomx",
    noun="sip_phone",
    plural="sip_phones",
    title="SIP phone",
    description=(
        "Lists the SIP phones of a customer, with model, extension, employee, and whether they are online.",
        "With O(full=true) or O(id) it returns all settings and the details of the status instead of what model, extension and"
        " employee are called. Fields that the answer doesn't have are C(null).",
    ),
    list_path="/pbx/sipphone",
    detail_path="/pbx/sipphone/{id}",
    key="id",
    reshape=values.one_shape,
    filters=(
        Field(
            "search",
            (
                "Text to search for in MAC address, IP address, handset address, number of the extension, public number, name of"
                " the employee and notes.",
                "TelecomX keeps MAC addresses without separators, so that one has to be searched for as V(4EE8A34B56F3); the"
                " filter P(telephony.pbx.mac_address#filter) can write it so.",
            ),
            api="filter",
            sample="donald duck",
        ),
        Field(
            "full",
            (
                "Whether to return all settings and the details of the status.",
                "Of model and extension only the IDs come then, and nothing of the employee.",
            ),
            type="bool",
            sample=True,
        ),
        Field("available", "Whether to return only phones that belong to no extension.", type="bool", sample=True),
        Field(
            "customer",
            "ID of the customer whose phones to list, for accounts of resellers; by default the account's own customer.",
            sample="0123456789abcdef01234567",
        ),
    ),
    fields=(
        Field("id", "ID of the phone.", api="_id", sample="0123456789abcdef01234567"),
        Field(
            "mac_address",
            "MAC address: 12 characters in capitals. The handsets of a base share one.",
            api="macAddress",
            convert=values.as_address,
            sample="4EE8A34B56F3",
        ),
        Field("handset_index", "Which handset of a base it is, from 0.", type="int", api="handsetIndex", sample=0),
        Field(
            "handset_address",
            "Address of the handset of a base.",
            api="handsetAddress",
            convert=values.as_address,
            sample="02ABC00005",
        ),
        _box(
            "model",
            "Its model.",
            Field("id", "ID of the model.", api="_id", sample="0123456789abcdef0123aaaa"),
            Field("brand", f"{BRANDS}.", convert=values.capitals, sample="SNOM"),
            Field("brand_name", "Brand for people.", api="brandName", sample="Snom"),
            Field("model", "Name of the model.", sample="370"),
            Field("picture", "ID of a picture of the model.", sample="0123456789abcdef0123bbbb"),
            api="sipPhoneModel",
        ),
        _box(
            "extension",
            "The extension that it belongs to; C(null) if none.",
            Field("id", "ID of the extension.", api="_id", sample="0123456789abcdef0123cccc"),
            Field("number", "Number of the extension.", sample="592"),
            Field("direct", "Public number.", sample="+4570305050"),
        ),
        _box(
            "employee",
            "The employee that it belongs to; C(null) if none, and with O(full=true) or O(id).",
            Field("id", "ID of the employee.", api="_id", sample="0123456789abcdef0123dddd"),
            Field("name", "Name of the employee.", sample="Donald Duck"),
        ),
        _box(
            "ip",
            "Where it may connect from.",
            Field(
                "mode",
                "V(OPEN) from anywhere, until it has connected; V(LOCKED) from one address; V(ROAMING) from some countries.",
                sample="LOCKED",
            ),
            Field(
                "countries",
                "Codes of countries, with V(ROAMING).",
                type="list",
                elements="str",
                convert=values.countries,
                sample=[],
            ),
            Field("address", "The address, with V(LOCKED).", sample="213.83.176.134"),
        ),
        Field("notes", "Notes.", sample="A note about the phone"),
        Field("online", "Whether it is online.", type="bool", sample=True),
        *_SETTINGS,
    ),
    notes=(
        "The collection never logs out, since TelecomX would end all other sessions of the account with it.",
        "The SIP login and C(custom_config) come with O(full=true) and O(id), masked unless O(include_secrets=true).",
        "Passwords and tokens within the addresses of soft keys and of the display's picture are masked as well.",
    ),
)
