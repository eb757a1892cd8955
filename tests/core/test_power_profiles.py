"""Profiles of power, cooling, probes and management controllers: each knows its family by what its vendor documents."""

import pytest

from noc_console.profiles.catalogue import own_catalogue

NET_SNMP = "1.3.6.1.4.1.8072.3.2.10"


@pytest.mark.parametrize(
    ("profile", "sys_object_id", "sys_descr"),
    [
        ("apc-ups", "1.3.6.1.4.1.318.1.3.27", "APC Web/SNMP Management Card (MB:v4.2.9 PF:v2.3.1.1)"),
        ("apc-ups", "1.3.6.1.4.1.318.1.3.2.12", "APC Web/SNMP Management Card"),
        ("apc-pdu", "1.3.6.1.4.1.318.1.3.4.6", "APC Web/SNMP Management Card (AN1:apc_hw05_rpdu2g_680.bin MN:AP8981)"),
        ("apc-ats", "1.3.6.1.4.1.318.1.3.11", "APC Web/SNMP Management Card (AP4423)"),
        ("apc-inrow", "1.3.6.1.4.1.318.1.3.14.12", "APC InRow RD"),
        ("apc-environment", "1.3.6.1.4.1.318.1.3.8.5", "APC Environmental Manager"),
        ("netbotz", "1.3.6.1.4.1.5528.100.20.10.2013", "NetBotz 450"),
        ("netbotz-750", "1.3.6.1.4.1.52674.500", "Schneider Electric NetBotz 750 5.4.0.11"),
        ("generex-cs", "1.3.6.1.2.1.33", "The Cs141 SNMP Agent"),
        ("stulz-wib8000", "1.3.6.1.4.1.29462.10", "WIB8000"),
        ("raritan-px", "1.3.6.1.4.1.13742.6", "Raritan PDU, MD:PX3-5190R HW:0x10 FW:3.6.10"),
        ("servertech-sentry4", "1.3.6.1.4.1.1718.4", "Sentry Smart PDU"),
        ("servertech-sentry3", "1.3.6.1.4.1.1718.3", "Sentry Switched CDU"),
        ("vertiv-geist", "1.3.6.1.4.1.21239.42.1.32", "GU2 PDU"),
        ("liebert", "1.3.6.1.4.1.476.1.42", "Liebert CRV"),
        ("eaton-epdu", "1.3.6.1.4.1.534.6.6.7", "EPDU MI 38U-A IN: 516P6"),
        ("eaton-ups", "1.3.6.1.4.1.534.1", "Eaton 93PM"),
        ("eaton-mge", "1.3.6.1.4.1.705.1.2", "Eaton 9SX 3000i"),
        ("delta-ups", "1.3.6.1.4.1.2254.2.4", "Delta UPS"),
        ("cyberpower", "1.3.6.1.4.1.3808.1.1.1", "UPS SNMP Card"),
        ("eltek-enexus", "1.3.6.1.4.1.12148.10", "ELTEK Power System"),
        ("rittal-cmc3", "1.3.6.1.4.1.2606.7", "Rittal LCP SN 1 HW V3.00 - SW V3.15.00"),
        ("carel-uncdz", "1.3.6.1.4.1.9839.1.1", "pCOWeb card"),
        ("akcp", "1.3.6.1.4.1.3854.1", "sensorProbe2"),
        ("avtech-roomalert32", "1.3.6.1.4.1.20916.1.8", "Room Alert 32E v3.0.0"),
        ("hwgroup-poseidon", "1.3.6.1.4.1.21796.3.3", "Poseidon 2250"),
        ("dell-idrac", "1.3.6.1.4.1.674.10892.5", "iDRAC9"),
        ("dell-omsa", "1.3.6.1.4.1.674.10892.1", "Dell OpenManage"),
        ("hpe-ilo", "1.3.6.1.4.1.232.9.4.11", "Integrated Lights-Out 5 2.72 Sep 04 2022"),
        ("lenovo-imm", "1.3.6.1.4.1.2.3.51.3", "IMM2"),
        ("lenovo-xcc", "1.3.6.1.4.1.19046.11.1", "Lenovo XClarity Controller"),
        ("supermicro-bmc", "1.3.6.1.4.1.21317", "Linux (none) 2.6.28.9"),
        ("fujitsu-irmc", "1.3.6.1.4.1.231.1.17", "iRMC S5"),
        ("linux", NET_SNMP, "Linux gpu17 6.1.0-21-amd64 #1 SMP Debian 6.1.90-1 x86_64"),
        ("windows", "1.3.6.1.4.1.311.1.1.3.1.2", "Hardware: Intel64 - Software: Windows Version 6.3 (Build 17763)"),
        ("vmware-esxi", "1.3.6.1.4.1.6876.4.1", "VMware ESXi 7.0.3 build-20328353 VMware, Inc. x86_64"),
    ],
)
def test_a_family_of_power_cooling_or_servers_is_known_by_what_its_vendor_documents(profile, sys_object_id, sys_descr):
    chosen = own_catalogue().fitting(sys_object_id, sys_descr)
    assert chosen[0].name == profile
    assert {each.name for each in chosen} >= {profile, *chosen[0].builds_on, "standard"}


@pytest.mark.parametrize("name", ["apc-ups", "apc-pdu", "apc-ats", "apc-inrow"])
def test_everything_of_apc_may_have_a_probe_plugged_in(name):
    assert "apc-environment" in own_catalogue().profiles[name].builds_on


@pytest.mark.parametrize("name", ["linux", "windows"])
def test_a_host_is_asked_for_its_raid_controllers(name):
    assert own_catalogue().profiles[name].builds_on == ("lsi-megaraid",)
