"""Drives a demo with the vendor's own Python client, unmodified.

Needs Python 3.9 or older (the client does not import on newer ones) with eclsdk 1.11.1:

    python3.9 -m venv venv && venv/bin/pip install eclsdk==1.11.1
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python eclsdk_drive.py http://127.0.0.1:18790

Ends with the number of checks that held, or with the first one that did not.
"""

import sys
import urllib.request

from ecl import connection, exceptions

BASE = sys.argv[1]
PROJECT = "13572f6f42a74d2b82f7099f78d0393a"
SAMPLE = "75aab8db-8632-42b4-af2f-06b5820798ef"
APPLIANCE = "a80c1728-cc0c-11e6-8080-525400060300"
held = 0


def check(what, holds):
    global held
    if not holds:
        sys.exit("does not hold: " + what)
    held += 1


def refusal(call):
    """The error the client makes of an answer."""
    try:
        call()
    except Exception as error:  # the client has several roots of errors
        return error
    return None


def order_fault(kind):
    request = urllib.request.Request(BASE + "/demo/fault?kind=" + kind, method="POST")
    with urllib.request.urlopen(request) as answer:
        check("the demo takes orders (start it with --speed 0)", answer.status == 200)


def connect(**changes):
    settings = dict(
        auth_url=BASE + "/ecl/keystone/v3", project_id=PROJECT, username="APIKEY",
        password="APISECRET", user_domain_id="default", project_domain_id="default")
    settings.update(changes)
    return connection.Connection(**settings)


conn = connect()
vna = conn.virtual_network_appliance
sample = list(vna.operations(resource_ids=[APPLIANCE], no_deleted=False, latest=False))
check("both documented operations are listed", {op.id for op in sample} == {SAMPLE, "8" + SAMPLE[1:]})
shown = vna.get_operation(SAMPLE).to_dict()
check("one is shown with its times", shown["reception_datetime"] == "2017-11-27 21:35:38")
check("and its body", shown["request_body"]["virtual_network_appliance"]["name"] == "vna-1")

everything = list(vna.operations(no_deleted=False, latest=False))
existing = list(vna.operations())
latest = list(vna.operations(no_deleted=False, latest=True))
check("the whole list is long", len(everything) >= 500)
check("deleted appliances can be left out", 0 < len(existing) < len(everything))
appliances = [op.resource_id for op in everything]
check("latest is one per appliance", sorted(op.resource_id for op in latest) == sorted(set(appliances)))
pair = sorted(set(appliances))[:2]
both = list(vna.operations(resource_ids=pair, no_deleted=False, latest=False))
check("two appliances at once", {op.resource_id for op in both} == set(pair))

status = conn.session.get(
    "/v1.0/operations", params={"status": "ERROR"},
    endpoint_filter={"service_type": "virtual-network-appliance", "interface": "public"}).json()
check("other filters through the session", {op["status"] for op in status["operations"]} == {"ERROR"})

for call, text in [
        (lambda: vna.get_operation("nope"), "Not Found"),
        (lambda: vna.get_operation("fault-500"), "Internal Server Error"),
        (lambda: vna.get_operation("fault-429"), "Rate limit quota violation"),
        (lambda: list(connect(password="wrong").virtual_network_appliance.operations()), "authentication")]:
    error = refusal(call)
    check("%r says %r" % (error, text), error is not None and text in str(error))

order_fault("401")
check("an expired token is replaced silently", len(list(vna.operations(resource_ids=[APPLIANCE]))) == 2)

token = conn.session.get_token()
exchanged = connect(auth_plugin="token", token=token, username=None, password=None, user_domain_id=None)
check("a token buys another", len(list(exchanged.virtual_network_appliance.operations())) > 100)

fixed = connection.Connection(
    auth_plugin="admin_token", endpoint=BASE + "/ecl/virtual-network-appliance",
    token="69105c889f824efdafb56af224208ad4")
check("a fixed token needs no Keystone", len(list(fixed.virtual_network_appliance.operations())) > 100)

tenant = connect(project_id="9ae2b07c4d1e4f6a8b3c5d7e9f012345", username="TENANTKEY", password="TENANTSECRET")
own = {op.tenant_id for op in tenant.virtual_network_appliance.operations()}
check("a tenant sees only its own", own == {"9ae2b07c4d1e4f6a8b3c5d7e9f012345"})

print("eclsdk: %d checks held" % held)
