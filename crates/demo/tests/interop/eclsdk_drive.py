"""Drives a demo with the vendor's own Python client, unmodified.

Needs Python 3.9 or older (the client does not import on newer ones) with eclsdk 1.11.1:

    python3.9 -m venv venv && venv/bin/pip install eclsdk==1.11.1
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python eclsdk_drive.py http://127.0.0.1:18790
"""

from ecl import connection, exceptions
from ecl.virtual_network_appliance import exceptions as refusals

from drive import Drive

drive = Drive("eclsdk 1.11.1")
PROJECT = "13572f6f42a74d2b82f7099f78d0393a"
OSAKA = "9ae2b07c4d1e4f6a8b3c5d7e9f012345"
SAMPLE = "75aab8db-8632-42b4-af2f-06b5820798ef"
APPLIANCE = "a80c1728-cc0c-11e6-8080-525400060300"


def connect(**changes):
    settings = dict(
        auth_url=drive.base + "/ecl/keystone/v3", project_id=PROJECT, username="APIKEY",
        password="APISECRET", user_domain_id="default", project_domain_id="default")
    settings.update(changes)
    return connection.Connection(**settings)


def rows(found):
    return "%d operations" % len(found)


conn = connect()
vna = conn.virtual_network_appliance

# The list: both switches are always sent, the client's default hides deleted appliances.
drive.call("operations, resource_ids", lambda: list(vna.operations(
    resource_ids=[APPLIANCE], no_deleted=False, latest=False)),
    lambda found: {op.id for op in found} == {SAMPLE, "8" + SAMPLE[1:]}, rows)
everything = drive.call("operations, no_deleted=False", lambda: list(vna.operations(no_deleted=False, latest=False)),
                        lambda found: len(found) >= 500, rows)
drive.call("operations", lambda: list(vna.operations()), lambda found: 0 < len(found) < len(everything), rows)
appliances = [op.resource_id for op in everything]
drive.call("operations, latest=True", lambda: list(vna.operations(no_deleted=False, latest=True)),
           lambda found: sorted(op.resource_id for op in found) == sorted(set(appliances)), rows)
pair = sorted(set(appliances))[:2]
drive.call("operations, two resource_ids", lambda: list(vna.operations(
    resource_ids=pair, no_deleted=False, latest=False)),
    lambda found: {op.resource_id for op in found} == set(pair), rows)
drive.call("session.get, status=ERROR", lambda: conn.session.get(
    "/v1.0/operations", params={"status": "ERROR"},
    endpoint_filter={"service_type": "virtual-network-appliance", "interface": "public"}).json()["operations"],
    lambda found: {op["status"] for op in found} == {"ERROR"}, rows)

# One operation
drive.call("get_operation", lambda: vna.get_operation(SAMPLE).to_dict(),
           lambda shown: shown["reception_datetime"] == "2017-11-27 21:35:38"
           and shown["request_body"]["virtual_network_appliance"]["name"] == "vna-1",
           lambda shown: "%s %s" % (shown["request_type"], shown["status"]))

# What is refused, in the service's, the gateway's and Keystone's words
for operation_id, kind, text in [
        ("nope", refusals.NotFoundException, "Not Found"),
        ("fault-500", refusals.HttpException, "Internal Server Error"),
        ("fault-429", refusals.HttpException, "Rate limit quota violation"),
        ("fault-403", refusals.HttpException, "Forbidden")]:
    drive.refused("get_operation " + operation_id, lambda: vna.get_operation(operation_id), kind,
                  lambda error: text in str(error))
drive.refused("operations, wrong password",
              lambda: list(connect(password="wrong").virtual_network_appliance.operations()),
              exceptions.HttpException, lambda error: "authentication" in str(error))

# Tokens
drive.lever("fault?kind=401")
drive.call("operations, token expired and replaced", lambda: list(vna.operations(resource_ids=[APPLIANCE])),
           lambda found: len(found) == 2, rows)
token = conn.session.get_token()
exchanged = connect(auth_plugin="token", token=token, username=None, password=None, user_domain_id=None)
drive.call("operations, token exchanged for another", lambda: list(exchanged.virtual_network_appliance.operations()),
           lambda found: len(found) > 100, rows)
fixed = connection.Connection(
    auth_plugin="admin_token", endpoint=drive.base + "/ecl/virtual-network-appliance",
    token="69105c889f824efdafb56af224208ad4")
drive.call("operations, fixed token without Keystone", lambda: list(fixed.virtual_network_appliance.operations()),
           lambda found: len(found) > 100, rows)
tenant = connect(project_id=OSAKA, username="TENANTKEY", password="TENANTSECRET")
drive.call("operations, one tenant's own", lambda: list(tenant.virtual_network_appliance.operations()),
           lambda found: {op.tenant_id for op in found} == {OSAKA}, rows)
drive.end()
