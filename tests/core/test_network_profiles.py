"""Profiles of routers, switches and firewalls: each knows its family by what its vendor documents."""

import pytest

from noc_console.profiles.catalogue import own_catalogue

CISCO = "1.3.6.1.4.1.9.1"
IOS = "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)"
OLD_IOS = "Cisco Internetwork Operating System Software\r\nIOS (tm) C2950 Software (C2950-I6Q4L2-M), Version 12.1(22)EA14"
IOSXE = "Cisco IOS Software [Bengaluru], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.6.3, RELEASE SOFTWARE (fc4)"
OLD_IOSXE = "Cisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.4(3)S2"
IOSXR = "Cisco IOS XR Software (Cisco 8000 Series), Version 7.5.2 Copyright (c) 2013-2022 by Cisco Systems, Inc."
NXOS = "Cisco NX-OS(tm) nxos.9.3.8.bin, Software (nxos), Version 9.3(8), RELEASE SOFTWARE"
JUNOS = "Juniper Networks, Inc. mx480 internet router, kernel JUNOS 21.2R3-S2.9, Build date: 2022-09-01"
VRP5 = "S5720-28X-SI-AC Huawei Versatile Routing Platform Software VRP (R) software,Version 5.170 (S5720 V200R019C10SPC500)"
VRP8 = "Huawei Versatile Routing Platform Software VRP (R) software, Version 8.191 (CE6850EI V200R019C10SPC800)"
YUNSHAN = "Huawei YunShan OS Version 1.22.0.1 (S6730 V600R022C01SPC500)"
SROS = "TiMOS-C-21.10.R3 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2021 Nokia."
CUMULUS = "Linux leaf01 4.19.0-cl-1-amd64 #1 SMP Cumulus 4.19.237-1+cl4.3.1u1 (2022-11-01) x86_64"
SONIC = "SONiC Software Version: SONiC.202205.1 - HwSku: ACS-MSN2700 - Distribution: Debian 11.6 - Kernel: 5.10.0-18-2-amd64"
NET_SNMP = "1.3.6.1.4.1.8072.3.2.10"


@pytest.mark.parametrize(
    ("profile", "sys_object_id", "sys_descr"),
    [
        ("cisco-ios", f"{CISCO}.1208", IOS),
        ("cisco-ios", f"{CISCO}.359", OLD_IOS),
        ("cisco-iosxe", f"{CISCO}.2694", IOSXE),
        ("cisco-iosxe", f"{CISCO}.923", OLD_IOSXE),
        ("cisco-iosxr", f"{CISCO}.2658", IOSXR),
        ("cisco-nxos", "1.3.6.1.4.1.9.12.3.1.3.1812", NXOS),
        ("cisco-asa", f"{CISCO}.1194", "Cisco Adaptive Security Appliance Version 9.12(4)"),
        ("cisco", "1.3.6.1.4.1.9.5.42", "WS-C6509 Software, Version NmpSW: 8.4(1)"),
        ("juniper-junos", "1.3.6.1.4.1.2636.1.1.1.2.25", JUNOS),
        (
            "juniper-junos",
            "1.3.6.1.4.1.2636.1.1.1.4.144.3",
            "Juniper Networks, Inc. ptx10001-36mr Ethernet Switch, kernel JUNOS 22.2R1-EVO",
        ),
        ("huawei-switch", "1.3.6.1.4.1.2011.2.23.344", VRP5),
        ("huawei-vrp", "1.3.6.1.4.1.2011.2.239.7", VRP8),
        ("huawei-vrp", "1.3.6.1.4.1.2011.2.23.1090", YUNSHAN),
        ("nokia-sros", "1.3.6.1.4.1.6527.1.3.17", SROS),
        (
            "nokia-srlinux",
            "1.3.6.1.4.1.6527.1.20.22",
            "SRLinux-v22.11.1-184-g6eeaa254f7 7220 IXR-D3L Copyright (c) 2000-2020 Nokia.",
        ),
        (
            "arista-eos",
            "1.3.6.1.4.1.30065.1.3011.7280.3735.48",
            "Arista Networks EOS version 4.27.1F running on an Arista Networks DCS-7280SR-48C6",
        ),
        ("nvidia-cumulus", "1.3.6.1.4.1.40310", "Cumulus-Linux 5.4.0 (Linux Kernel 5.10.179-1+cl5.4.0u1)"),
        ("nvidia-cumulus", NET_SNMP, CUMULUS),
        ("nvidia-onyx", "1.3.6.1.4.1.33049.1.1.1.2700", "Mellanox MSN2700,MLNX-OS,SWv3.10.4006"),
        ("sonic", NET_SNMP, SONIC),
        ("h3c-comware", "1.3.6.1.4.1.25506.11.1.187", "HPE Comware Platform Software, Software Version 7.1.070, Release 6635"),
        ("h3c-comware", "1.3.6.1.4.1.25506.1.1884", "H3C Comware Platform Software, Software Version 7.1.070 H3C S6520X-54QC-EI"),
        ("aruba-cx", "1.3.6.1.4.1.47196.4.1.1.1.110", "Aruba JL658A 6300M 24SFP+ 4SFP56 Swch FL.10.10.1010"),
        ("aruba-procurve", "1.3.6.1.4.1.11.2.3.7.11.161", "Aruba JL255A 2930F-24G-PoE+-4SFP+ Switch, revision WC.16.10.0018"),
        ("aruba-procurve", "1.3.6.1.4.1.11.2.3.7.8.5.2", "HP Stack, revision KA.16.02.0008"),
        ("aruba-controller", "1.3.6.1.4.1.14823.1.1.46", "ArubaOS (MODEL: Aruba7210), Version 8.6.0.9"),
        ("alcatel-omniswitch", "1.3.6.1.4.1.6486.801.1.1.2.1.11.1.7", "Alcatel-Lucent Enterprise OS6860E-24 8.7.277.R02 GA"),
        ("alcatel-omniswitch6", "1.3.6.1.4.1.6486.800.1.1.2.1.11.2.2", "Alcatel-Lucent OS6850-24L 6.4.4.585.R01 GA"),
        ("dell-os10", "1.3.6.1.4.1.674.11000.5000.100.2.1.12", "Dell EMC Networking OS10 Enterprise. System Description: OS10"),
        (
            "dell-dnos9",
            "1.3.6.1.4.1.6027.1.3.22",
            "Dell Networking OS Operating System Version: 2.0 Application Software Version: 9.14(2.4)",
        ),
        ("dell-dnos6", "1.3.6.1.4.1.674.10895.3065", "Dell EMC Networking N3048EP-ON, 6.5.2.18, Linux 4.15.18"),
        ("extreme-exos", "1.3.6.1.4.1.1916.2.285", "ExtremeXOS (X465-48W) version 30.7.1.1 by release-manager"),
        ("extreme-voss", "1.3.6.1.4.1.2272.220", "VSP-4450-GSX-PWR+ (8.1.0.0)"),
        ("extreme-voss", "1.3.6.1.4.1.1916.2.322", "VSP-4900-48P (8.2.5.0)"),
        ("mikrotik-routeros", "1.3.6.1.4.1.14988.1", "RouterOS CCR2004-1G-12S+2XS"),
        ("fortinet-fortigate", "1.3.6.1.4.1.12356.101.1.1003", "Edge firewall"),
        ("paloalto-panos", "1.3.6.1.4.1.25461.2.3.34", "Palo Alto Networks PA-3200 series firewall"),
        ("f5-bigip", "1.3.6.1.4.1.3375.2.1.3.4.89", "BIG-IP i5800 : Linux 3.10.0-862.14.4.el7.ve.x86_64"),
        ("fs-switch", "1.3.6.1.4.1.52642.1.1.10.1.208", "FS Campus Switch (S5860-20SQ) By FS.COM Inc"),
        ("fs-switch", "1.3.6.1.4.1.27975.1.2.1", "E580 Switch by Centec"),
        ("ipinfusion-ocnos", "1.3.6.1.4.1.36673", "Hardware Model:UFI-S9500-30XS Software version: OcNOS-SP,5.1"),
        ("eltex-mes", "1.3.6.1.4.1.35265.1.132", "MES2324 AC 28-port 1G/10G Managed Switch"),
        ("zte-zxr10", "1.3.6.1.4.1.3902.3.100.40", "ZXR10 ROS Version V4.8.11 ZXR10_6905 Software"),
    ],
)
def test_a_family_is_known_by_what_its_vendor_documents(profile, sys_object_id, sys_descr):
    chosen = own_catalogue().fitting(sys_object_id, sys_descr)
    assert chosen[0].name == profile
    assert {each.name for each in chosen} >= {profile, *chosen[0].builds_on, "standard"}


@pytest.mark.parametrize("name", ["cisco-ios", "cisco-iosxe", "cisco-iosxr", "cisco-nxos", "cisco-asa"])
def test_every_system_of_cisco_is_asked_what_all_of_them_have(name):
    profiles = own_catalogue().profiles
    assert profiles[name].builds_on == ("cisco",)
    tables = {table.name for table in profiles["cisco"].sensors}
    assert {
        "entSensorValueTable",
        "ciscoEnvMonTemperatureStatusTable",
        "cefcFRUPowerStatusTable",
        "cefcFanTrayStatusTable",
    } <= tables
