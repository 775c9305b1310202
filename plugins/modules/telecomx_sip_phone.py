#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/telecomx/sip_phone_state.py
# - dev/examples/telecomx_sip_phone.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: telecomx_sip_phone
short_description: Manage SIP phones of TelecomX
version_added: 0.1.0
description:
  - Creates and deletes SIP phones, changes their settings, gives hotdesk phones to extensions, and makes
    phones load their configuration again.
  - TelecomX's page for the call that changes a phone contradicts itself. A change is therefore only made
    with O(update_by), which says how it is to be sent, and fails if the phone doesn't show it afterwards.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - V(state=reloaded) makes the phone load its configuration each time. All else is idempotent.
options:
  id:
    description:
      - ID of a phone that exists. Either this or O(mac_address) has to be given.
    type: str
  mac_address:
    description:
      - MAC address of the phone, with or without separators, in small letters or capitals.
      - With O(id) as well, the phone gets this address.
    type: str
  handset_address:
    description:
      - Address of the handset, which tells apart the handsets of a base; they share its MAC address.
    type: str
  model:
    description:
      - ID of the model. A new phone needs it.
    type: str
  extension:
    description:
      - ID of the extension that the phone belongs to; empty for none.
    type: str
  customer:
    description:
      - ID of the customer that it belongs to, for accounts of resellers. The account's own customer if
        not given. A phone that exists can't be given to another one.
    type: str
  serial:
    description:
      - Serial number; Grandstream devices need it.
    type: str
  product:
    description:
      - ID of the product that it is sold as.
    type: str
  notes:
    description:
      - Notes.
    type: str
  pbx_cluster:
    description:
      - 'Cluster that it is on: 1 production, 2 development. A new phone is on 1 if nothing is said.'
    type: int
  custom_config:
    description:
      - Text that is put into its configuration. TelecomX advises against it unless there is no other
        way.
    type: str
  settings:
    description:
      - 'Any other settings, by their names in the API document: C(ip) (mode, countries, address), C(callWaiting),
        C(sidePanel), C(sidePanelCount), C(softkeyConfigurationOnDevice), C(softkeyBlfBlindTransfer),
        C(headsetButton), C(dhsg), C(displayBrightness), C(displayBrightnessIdle), C(displayBackground),
        C(displayFontColor), C(instanceId), C(ringer) (volume, tone), C(volume) (handset, headset, handsfree),
        C(softkeys) (index, function, value, label), C(codec) (hdAudio, video), C(network) (dhcp, ipAddress,
        subnet, gateway, dns1, dns2, vlanId, vlanPriority), C(purchaseInfo) (orderId, date, paymentOption,
        sidePanels).'
      - Within an object those that aren't named stay; a list, such as C(softkeys), is the whole truth.
    type: dict
  state:
    description:
      - V(present) makes the phone exist with the settings that are given; others stay as they are.
      - V(absent) deletes it.
      - V(grabbed) gives a hotdesk phone that is free to O(extension), V(released) takes it back.
      - V(reloaded) makes a phone that exists load its configuration again.
    type: str
    choices:
      - present
      - absent
      - grabbed
      - released
      - reloaded
    default: present
  update_by:
    description:
      - How to send a change of a phone that exists. V(put) and V(post) use that method on C(/pbx/sipphone/ID).
      - V(refuse) fails instead. Nothing else needs this option.
    type: str
    choices:
      - refuse
      - post
      - put
    default: refuse
extends_documentation_fragment:
  - telephony.pbx.telecomx
  - telephony.pbx.attributes.state
notes:
  - Needs the access level MANAGER; to grab and release phones for one's own extension VIEWER is enough.
  - SIP user name and password are made by the server and can't be set. This module doesn't return them;
    M(telephony.pbx.telecomx_sip_phone_info) does with O(telephony.pbx.telecomx_sip_phone_info#module:include_secrets).
  - A call that gets no clear answer is settled by reading the phone, except for V(state=reloaded), of
    which nothing shows.
seealso:
  - module: telephony.pbx.telecomx_sip_phone_info
"""

EXAMPLES = r"""
- name: Find the ID of a model in the list of phones
  telephony.pbx.telecomx_sip_phone_info:
    query: "[?model.model=='D785'].model.id | [0]"
  register: model

- name: Create a phone that may connect from Denmark and Sweden
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:aa:00:01
    model: "{{ model.query_result }}"
    notes: Meeting room 1
    settings:
      ip:
        mode: ROAMING
        countries: DK,SE
      network:
        vlanId: 20
      softkeys:
        - index: 0
          function: SPEEDDIAL
          value: "112"
          label: Emergency

- name: Turn the volume down, and leave all other settings alone
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:aa:00:01
    settings:
      ringer:
        volume: 3
    # TelecomX's document leaves open whether it is put or post.
    update_by: put

- name: Make the phone load its configuration
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:aa:00:01
    state: reloaded

- name: Find the ID of an extension
  telephony.pbx.telecomx_sip_phone_info:
    search: "592"
    query: "[?extension.number=='592'].extension.id | [0]"
  register: extension

- name: Give a hotdesk phone to an extension for the day
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:00:00:03
    extension: "{{ extension.query_result }}"
    state: grabbed

- name: Take it back in the evening
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:00:00:03
    state: released

- name: Delete a phone
  telephony.pbx.telecomx_sip_phone:
    mac_address: 00:04:13:aa:00:01
    state: absent
"""

RETURN = r"""
sip_phone:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
        - 'MAC address of the phone: 12 characters in capitals.'
      type: str
      returned: success
      sample: 4EE8A34B56F3
    handset_address:
      description:
        - Address of the handset of a base.
      type: str
      returned: success
      sample: 02ABC00005
    model:
      description:
        - ID of the model. A new phone needs it.
      type: str
      returned: success
      sample: 0123456789abcdef0123aaaa
    extension:
      description:
        - ID of the extension that the phone belongs to; empty for none.
      type: str
      returned: success
      sample: 0123456789abcdef0123cccc
    customer:
      description:
        - ID of the customer that it belongs to, for accounts of resellers. The account's own customer
          if not given. A phone that exists can't be given to another one.
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
        - ID of the product that it is sold as.
      type: str
      returned: success
    notes:
      description:
        - Notes.
      type: str
      returned: success
      sample: Meeting room
    pbx_cluster:
      description:
        - 'Cluster that it is on: 1 production, 2 development. A new phone is on 1 if nothing is said.'
      type: int
      returned: success
      sample: 1
    custom_config:
      description:
        - Text that is put into its configuration. TelecomX advises against it unless there is no other
          way.
        - Always masked.
      type: str
      returned: success
    settings:
      description:
        - The settings that the task names, without those that are empty.
      type: dict
      returned: success
      sample:
        ip:
          mode: LOCKED
          address: 213.83.176.134
      contains:
        ip:
          description:
            - Where it may connect from.
          type: dict
          returned: success
          contains:
            mode:
              description:
                - V(OPEN) from anywhere, until it has connected; V(LOCKED) from one address; V(ROAMING)
                  from some countries.
              type: str
              returned: success
              sample: LOCKED
            countries:
              description:
                - Codes of countries, with V(ROAMING).
              type: str
              returned: success
              sample: []
            address:
              description:
                - The address, with V(LOCKED).
              type: str
              returned: success
              sample: 213.83.176.134
        callWaiting:
          description:
            - Whether call waiting is on; C(null) where the model has none.
          type: bool
          returned: success
        sidePanel:
          description:
            - Model of its side panels; C(null) if it has none.
          type: str
          returned: success
        sidePanelCount:
          description:
            - How many side panels it has.
          type: int
          returned: success
          sample: 0
        softkeyConfigurationOnDevice:
          description:
            - Whether soft keys are set on the device, and not for the user.
          type: bool
          returned: success
          sample: true
        softkeyBlfBlindTransfer:
          description:
            - Whether BLF keys do blind transfers, and not attended ones.
          type: bool
          returned: success
          sample: false
        headsetButton:
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
        displayBrightness:
          description:
            - Brightness of the display, 0 to 15.
          type: int
          returned: success
          sample: 12
        displayBrightnessIdle:
          description:
            - Brightness while it is idle, 0 to 15.
          type: int
          returned: success
          sample: 3
        displayBackground:
          description:
            - Address of a picture for the display.
            - 'Secrets in it: always masked.'
          type: str
          returned: success
          sample: https://pictures.example.com/logo.png
        displayFontColor:
          description:
            - V(LIGHT) or V(DARK), on Mitel phones.
          type: str
          returned: success
          sample: DARK
        instanceId:
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
                - 'What it does: SPEEDDIAL, BLF, LINE, DND, DNDOTHER, ADDRESSBOOK, REDIAL, VOICEMAIL,
                  TRANSFER, URL, HOLD, RECORD, MENU, PICKUP, PICKUPGROUP, QUEUE, SWITCH or PRESENCE.'
              type: str
              returned: success
              sample: SPEEDDIAL
            value:
              description:
                - Number, ID, name or address, by the function.
                - 'Secrets in it: always masked.'
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
            hdAudio:
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
            ipAddress:
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
            vlanId:
              description:
                - VLAN, 0 to 4094; 0 is none.
              type: int
              returned: success
              sample: 0
            vlanPriority:
              description:
                - Priority in the VLAN, 0 to 7.
              type: int
              returned: success
              sample: 5
        purchaseInfo:
          description:
            - How it is paid for.
          type: dict
          returned: success
          contains:
            orderId:
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
            paymentOption:
              description:
                - V(NONE), V(BOUGHT), V(RENTED) or V(SELF_OWNED).
              type: str
              returned: success
              sample: RENTED
            sidePanels:
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
                orderId:
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
                paymentOption:
                  description:
                    - V(NONE), V(BOUGHT), V(RENTED) or V(SELF_OWNED).
                  type: str
                  returned: success
                  sample: RENTED
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
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
    run_module("telecomx_sip_phone")


if __name__ == "__main__":
    main()
