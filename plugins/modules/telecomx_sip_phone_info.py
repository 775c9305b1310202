#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/telecomx/sip_phone.py
# - dev/examples/telecomx_sip_phone_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: telecomx_sip_phone_info
short_description: List sip phones of TelecomX
version_added: 0.1.0
description:
  - Lists the SIP phones of a customer, with model, extension, employee, and whether they are online.
  - With O(full=true) or O(id) it returns all settings and the details of the status instead of what model,
    extension and employee are called. Fields that the answer doesn't have are C(null).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the SIP phone with this id.
    type: str
  search:
    description:
      - Text to search for in MAC address, IP address, handset address, number of the extension, public
        number, name of the employee and notes.
      - TelecomX keeps MAC addresses without separators, so that one has to be searched for as V(4EE8A34B56F3);
        the filter P(telephony.pbx.mac_address#filter) can write it so.
    type: str
  full:
    description:
      - Whether to return all settings and the details of the status.
      - Of model and extension only the IDs come then, and nothing of the employee.
    type: bool
  available:
    description:
      - Whether to return only phones that belong to no extension.
    type: bool
  customer:
    description:
      - ID of the customer whose phones to list, for accounts of resellers; by default the account's own
        customer.
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
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.telecomx
  - telephony.pbx.attributes.info
notes:
  - The collection never logs out, since TelecomX would end all other sessions of the account with it.
  - The SIP login and C(custom_config) come with O(full=true) and O(id), masked unless O(include_secrets=true).
  - Passwords and tokens within the addresses of soft keys and of the display's picture are masked as
    well.
seealso:
  - module: telephony.pbx.telecomx_sip_phone
"""

EXAMPLES = r"""
- name: List the extensions whose phone is offline
  telephony.pbx.telecomx_sip_phone_info:
    query: "[?extension.number && !online].{extension: extension.number, employee: employee.name, mac: mac_address}"

- name: Find the phones with a MAC address that is written in another way
  telephony.pbx.telecomx_sip_phone_info:
    search: "{{ '4e:e8:a3:4b:56:f3' | telephony.pbx.mac_address('plain') }}"
  register: found

- name: Get all settings of a phone by its ID
  telephony.pbx.telecomx_sip_phone_info:
    id: "{{ found.sip_phones[0].id }}"
  register: phone

- name: See which keys it has, and from where it may connect
  ansible.builtin.debug:
    msg: "{{ phone.sip_phones[0].softkeys | map(attribute='label') | join(', ') }}; {{ phone.sip_phones[0].ip.mode }}"

- name: List the phones in stock, with their models
  telephony.pbx.telecomx_sip_phone_info:
    available: true
    query: "[].{mac: mac_address, brand: model.brand_name, model: model.model}"

- name: Find the phones that nobody has restricted to an address or to countries
  telephony.pbx.telecomx_sip_phone_info:
    query: "[?ip.mode=='OPEN'].[mac_address, notes]"

- name: Check all phones for soft keys that should not be there
  telephony.pbx.telecomx_sip_phone_info:
    full: true
    query: "[?softkeys[?function=='URL']].{mac: mac_address, urls: softkeys[?function=='URL'].value}"

- name: Get the SIP login of a phone that TelecomX doesn't configure
  telephony.pbx.telecomx_sip_phone_info:
    id: "{{ found.sip_phones[0].id }}"
    include_secrets: true
    query: "[0].{username: username, password: password}"
  register: login
  no_log: true
"""

RETURN = r"""
sip_phones:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - ID of the phone.
      type: str
      returned: success
      sample: 0123456789abcdef01234567
    mac_address:
      description:
        - 'MAC address: 12 characters in capitals. The handsets of a base share one.'
      type: str
      returned: success
      sample: 4EE8A34B56F3
    handset_index:
      description:
        - Which handset of a base it is, from 0.
      type: int
      returned: success
      sample: 0
    handset_address:
      description:
        - Address of the handset of a base.
      type: str
      returned: success
      sample: 02ABC00005
    model:
      description:
        - Its model.
      type: dict
      returned: success
      contains:
        id:
          description:
            - ID of the model.
          type: str
          returned: success
          sample: 0123456789abcdef0123aaaa
        brand:
          description:
            - V(SNOM), V(MITEL), V(GIGASET), V(LG), V(CISCO), V(YEALINK) or V(GENERIC).
          type: str
          returned: success
          sample: SNOM
        brand_name:
          description:
            - Brand for people.
          type: str
          returned: success
          sample: Snom
        model:
          description:
            - Name of the model.
          type: str
          returned: success
          sample: '370'
        picture:
          description:
            - ID of a picture of the model.
          type: str
          returned: success
          sample: 0123456789abcdef0123bbbb
    extension:
      description:
        - The extension that it belongs to; C(null) if none.
      type: dict
      returned: success
      contains:
        id:
          description:
            - ID of the extension.
          type: str
          returned: success
          sample: 0123456789abcdef0123cccc
        number:
          description:
            - Number of the extension.
          type: str
          returned: success
          sample: '592'
        direct:
          description:
            - Public number.
          type: str
          returned: success
          sample: '+4570305050'
    employee:
      description:
        - The employee that it belongs to; C(null) if none, and with O(full=true) or O(id).
      type: dict
      returned: success
      contains:
        id:
          description:
            - ID of the employee.
          type: str
          returned: success
          sample: 0123456789abcdef0123dddd
        name:
          description:
            - Name of the employee.
          type: str
          returned: success
          sample: Donald Duck
    ip:
      description:
        - Where it may connect from.
      type: dict
      returned: success
      contains:
        mode:
          description:
            - V(OPEN) from anywhere, until it has connected; V(LOCKED) from one address; V(ROAMING) from
              some countries.
          type: str
          returned: success
          sample: LOCKED
        countries:
          description:
            - Codes of countries, with V(ROAMING).
          type: list
          elements: str
          returned: success
          sample: []
        address:
          description:
            - The address, with V(LOCKED).
          type: str
          returned: success
          sample: 213.83.176.134
    notes:
      description:
        - Notes.
      type: str
      returned: success
      sample: A note about the phone
    online:
      description:
        - Whether it is online.
      type: bool
      returned: success
      sample: true
    pbx_cluster:
      description:
        - 'Cluster that it is on: 1 production, 2 development.'
      type: int
      returned: success
      sample: 1
    customer:
      description:
        - ID of the customer that it belongs to.
      type: str
      returned: success
      sample: 0123456789abcdef01234567
    serial:
      description:
        - Serial number; Grandstream devices need it.
      type: str
      returned: success
      sample: 20EZ1234567890AB
    product:
      description:
        - ID of the product that it is sold as; only for a single phone.
      type: str
      returned: success
    call_waiting:
      description:
        - Whether call waiting is on; C(null) where the model has none.
      type: bool
      returned: success
    side_panel:
      description:
        - Model of its side panels; C(null) if it has none.
      type: str
      returned: success
    side_panel_count:
      description:
        - How many side panels it has.
      type: int
      returned: success
      sample: 0
    softkeys_on_device:
      description:
        - Whether soft keys are set on the device, and not for the user.
      type: bool
      returned: success
      sample: true
    softkey_blf_blind_transfer:
      description:
        - Whether BLF keys do blind transfers, and not attended ones.
      type: bool
      returned: success
      sample: false
    headset_button:
      description:
        - 'What the headset button does: V(speaker), V(headset), V(speaker-headset) or V(headset-speaker).'
      type: str
      returned: success
      sample: headset
    dhsg:
      description:
        - Whether it has a DHSG headset.
      type: bool
      returned: success
      sample: false
    display_brightness:
      description:
        - Brightness of the display, 0 to 15.
      type: int
      returned: success
      sample: 12
    display_brightness_idle:
      description:
        - Brightness while it is idle, 0 to 15.
      type: int
      returned: success
      sample: 3
    display_background:
      description:
        - Address of a picture for the display.
        - 'Secrets in it: masked unless asked for with O(include_secrets=true).'
      type: str
      returned: success
      sample: https://pictures.example.com/logo.png
    display_font_color:
      description:
        - V(LIGHT) or V(DARK), on Mitel phones.
      type: str
      returned: success
      sample: DARK
    custom_config:
      description:
        - Text that is put into its configuration.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    username:
      description:
        - Name of its SIP login.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    password:
      description:
        - Password of its SIP login.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    instance_id:
      description:
        - ID of the WebRTC instance that it belongs to.
      type: str
      returned: success
    ringer:
      description:
        - How it rings.
      type: dict
      returned: success
      contains:
        volume:
          description:
            - Volume.
          type: int
          returned: success
          sample: 5
        tone:
          description:
            - Number of a built-in tone, or ID of a custom one.
          type: str
          returned: success
          sample: '2'
    volume:
      description:
        - Levels.
      type: dict
      returned: success
      contains:
        handset:
          description:
            - Levels of the handset.
          type: dict
          returned: success
          contains:
            mic:
              description:
                - Microphone.
              type: int
              returned: success
              sample: 5
            speaker:
              description:
                - Speaker.
              type: int
              returned: success
              sample: 5
        headset:
          description:
            - Levels of the headset.
          type: dict
          returned: success
          contains:
            mic:
              description:
                - Microphone.
              type: int
              returned: success
              sample: 5
            speaker:
              description:
                - Speaker.
              type: int
              returned: success
              sample: 5
        handsfree:
          description:
            - Levels of the handsfree.
          type: dict
          returned: success
          contains:
            mic:
              description:
                - Microphone.
              type: int
              returned: success
              sample: 5
            speaker:
              description:
                - Speaker.
              type: int
              returned: success
              sample: 5
    softkeys:
      description:
        - Its soft keys.
      type: list
      elements: dict
      returned: success
      contains:
        index:
          description:
            - Position, from 0.
          type: int
          returned: success
          sample: 0
        function:
          description:
            - 'What it does: SPEEDDIAL, BLF, LINE, DND, DNDOTHER, ADDRESSBOOK, REDIAL, VOICEMAIL, TRANSFER,
              URL, HOLD, RECORD, MENU, PICKUP, PICKUPGROUP, QUEUE, SWITCH or PRESENCE.'
          type: str
          returned: success
          sample: SPEEDDIAL
        value:
          description:
            - Number, ID, name or address, by the function.
            - 'Secrets in it: masked unless asked for with O(include_secrets=true).'
          type: str
          returned: success
          sample: '112'
        label:
          description:
            - Text beside it.
          type: str
          returned: success
          sample: Emergency
    codec:
      description:
        - Codecs.
      type: dict
      returned: success
      contains:
        hd_audio:
          description:
            - Whether HD audio is allowed.
          type: bool
          returned: success
          sample: true
        video:
          description:
            - Whether video is allowed.
          type: bool
          returned: success
          sample: false
    network:
      description:
        - Its network.
      type: dict
      returned: success
      contains:
        dhcp:
          description:
            - Whether it gets its address by DHCP.
          type: bool
          returned: success
          sample: false
        ip_address:
          description:
            - Address.
          type: str
          returned: success
          sample: 192.168.1.10
        subnet:
          description:
            - Network mask.
          type: str
          returned: success
          sample: 255.255.255.0
        gateway:
          description:
            - Default gateway.
          type: str
          returned: success
          sample: 192.168.1.1
        dns1:
          description:
            - First DNS server.
          type: str
          returned: success
          sample: 192.168.1.1
        dns2:
          description:
            - Second DNS server.
          type: str
          returned: success
          sample: 8.8.8.8
        vlan_id:
          description:
            - VLAN, 0 to 4094; 0 is none.
          type: int
          returned: success
          sample: 0
        vlan_priority:
          description:
            - Priority in the VLAN, 0 to 7.
          type: int
          returned: success
          sample: 5
    purchase_info:
      description:
        - How it is paid for.
      type: dict
      returned: success
      contains:
        order_id:
          description:
            - ID of the order in an economic system.
          type: str
          returned: success
          sample: '7213'
        date:
          description:
            - When it was bought or rented, ISO 8601.
          type: str
          returned: success
          sample: '2020-01-01T00:00:00Z'
        payment_option:
          description:
            - V(NONE), V(BOUGHT), V(RENTED) or V(SELF_OWNED).
          type: str
          returned: success
          sample: RENTED
        side_panels:
          description:
            - How its side panels are paid for.
          type: list
          elements: dict
          returned: success
          contains:
            serial:
              description:
                - Serial number of the side panel.
              type: str
              returned: success
              sample: SP123456
            order_id:
              description:
                - ID of the order in an economic system.
              type: str
              returned: success
              sample: '7213'
            date:
              description:
                - When it was bought or rented, ISO 8601.
              type: str
              returned: success
              sample: '2020-01-01T00:00:00Z'
            payment_option:
              description:
                - V(NONE), V(BOUGHT), V(RENTED) or V(SELF_OWNED).
              type: str
              returned: success
              sample: RENTED
    status:
      description:
        - What is known of it at this moment.
      type: dict
      returned: success
      contains:
        config_loaded:
          description:
            - Last fetch of its configuration, ISO 8601.
          type: str
          returned: success
          sample: '2015-01-01T00:00:00Z'
        config_saved:
          description:
            - Last change of its configuration, ISO 8601.
          type: str
          returned: success
          sample: '2014-01-01T00:00:00Z'
        online:
          description:
            - Whether it is online.
          type: bool
          returned: success
          sample: true
        expires:
          description:
            - Seconds until its registration ends; C(null) if offline.
          type: int
          returned: success
          sample: 2543
        local_ip_address:
          description:
            - Its address in the local network.
          type: str
          returned: success
          sample: 192.168.1.10
        public_ip_address:
          description:
            - Its address on the Internet.
          type: str
          returned: success
          sample: 213.83.176.134
        user_agent:
          description:
            - What it calls itself.
          type: str
          returned: success
          sample: snom370/8.7.3.25
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
    run_module("telecomx_sip_phone_info")


if __name__ == "__main__":
    main()
