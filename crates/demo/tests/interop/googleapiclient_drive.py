"""Drives a demo with Google's discovery-based Python client, unmodified, with the discovery document it brings.

    python3 -m venv venv && venv/bin/pip install google-api-python-client==2.202.0
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python googleapiclient_drive.py http://127.0.0.1:18790
"""

import json
import os

import googleapiclient
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from drive import Drive

drive = Drive("google-api-python-client 2.202.0")
PARENT = "projects/demo/locations/us-central1"


def build(token="ya29.demo", path="/gcp/"):
    return discovery.build("workloadmanager", "v1", credentials=Credentials(token=token), static_discovery=True,
                           client_options={"api_endpoint": drive.base + path})


wlm = build()
locations = wlm.projects().locations()
ops = locations.operations()


def name(operation_id):
    return "%s/operations/%s" % (PARENT, operation_id)


def refused(number, reason):
    def holds(error):
        return error.status_code == number and any(detail.get("reason") == reason for detail in error.error_details)
    return holds


def said(error):
    return "%s %s" % (error.status_code, error.reason)


def pages(request):
    """Every page, as list_next leads from one to the next."""
    found = []
    while request is not None:
        page = request.execute()
        found.append(page.get("operations", []))
        request = ops.list_next(request, page)
    return found


def shown(found):
    return "%s rows" % "+".join(str(len(page)) for page in found)


# list and list_next
whole = drive.call("list and list_next, no filter", lambda: pages(ops.list(name=PARENT)),
                   lambda found: len(found) > 2 and len(found[0]) == 50, shown)
names = [row["name"] for page in whole for row in page]
drive.check("no operation comes twice", len(names) == len(set(names)) and len(names) > 110)
drive.call("list and list_next, filter and pageSize",
           lambda: pages(ops.list(name=PARENT, filter="done=false", pageSize=3)),
           lambda found: len(found) >= 2 and not any(row.get("done") for page in found for row in page), shown)
drive.call("list, AIP-160 filter",
           lambda: pages(ops.list(name=PARENT, filter='error.code != 1 AND (metadata.verb=run OR metadata.verb=create)')),
           lambda found: all(row["error"]["code"] != 1 for row in found[0]) and found[0], shown)
drive.call("list, nothing found", lambda: ops.list(name=PARENT, filter="metadata.verb=juggle").execute(),
           lambda page: page == {})
drive.call("list, filter of 2200 characters sent as POST",
           lambda: ops.list(name=PARENT, filter="done=false " + "-x" * 20 + " " + "-xxxxxxxxx " * 200).execute(),
           lambda page: page["operations"], lambda page: "%d rows" % len(page["operations"]))
drive.call("list, locations/- with returnPartialSuccess",
           lambda: ops.list(name="projects/demo/locations/-", returnPartialSuccess=True).execute(),
           lambda page: page["unreachable"] == ["projects/demo/locations/europe-west9"],
           lambda page: "%d rows, unreachable: %s" % (len(page["operations"]), page["unreachable"]))
drive.refused("list, locations/-", lambda: ops.list(name="projects/demo/locations/-").execute(), HttpError,
              refused(503, "LOCATION_UNREACHABLE"), said)
for parameters in [dict(filter="state=DONE"), dict(filter="done="), dict(pageSize=-1), dict(pageToken="41")]:
    drive.refused("list %s" % parameters, lambda: ops.list(name=PARENT, **parameters).execute(), HttpError,
                  lambda error: refused(400, "INVALID_PARAMETER")(error)
                  and error.error_details[1]["fieldViolations"], said)
token = ops.list(name=PARENT, filter="done=true").execute()["nextPageToken"]
drive.refused("list, token of another filter", lambda: ops.list(name=PARENT, pageToken=token).execute(), HttpError,
              refused(400, "INVALID_PARAMETER"), said)
drive.refused("list, project without a list",
              lambda: ops.list(name="projects/nolist/locations/us-central1").execute(), HttpError,
              refused(501, "METHOD_NOT_SUPPORTED"), said)

# get
for operation_id, holds in [
        ("run", lambda row: not row.get("done") and row["metadata"]["verb"] == "run"),
        ("ok", lambda row: row["response"]["@type"].endswith("v1.Evaluation")),
        ("gone", lambda row: row["response"] == {"@type": "type.googleapis.com/google.protobuf.Empty"}),
        ("nothing", lambda row: row["done"] and "response" not in row and "error" not in row),
        ("failed", lambda row: row["error"]["details"][0]["reason"] == "NO_RESOURCES"),
        ("cancelled", lambda row: row["error"]["code"] == 1 and row["metadata"]["requestedCancellation"]),
        ("odd-unknown-type", lambda row: row["metadata"]["percent"] == 42),
        ("odd-both", lambda row: "response" in row and "error" in row)]:
    drive.call("get " + operation_id, lambda: ops.get(name=name(operation_id)).execute(), holds,
               lambda row: sorted(row))
drive.call("get, x__xgafv", lambda: ops.get(name=name("run"), x__xgafv="2").execute(),
           lambda row: row["name"] == name("run"), lambda row: row["name"])
drive.refused("get, unknown", lambda: ops.get(name=name("there-is-none")).execute(), HttpError,
              refused(404, "RESOURCE_NOT_FOUND"), said)
drive.refused("get, other project", lambda: ops.get(name=name("run").replace("demo", "other")).execute(), HttpError,
              refused(403, "IAM_PERMISSION_DENIED"), said)

# cancel
drive.call("cancel", lambda: ops.cancel(name=name("run"), body={}).execute(), lambda answer: answer == {})
drive.call("cancel without a body, again", lambda: ops.cancel(name=name("run")).execute(),
           lambda answer: answer == {})
drive.call("cancel, too late", lambda: ops.cancel(name=name("race"), body={}).execute(), lambda answer: answer == {})
drive.call("get while cancelling", lambda: ops.get(name=name("run")).execute(),
           lambda row: not row.get("done") and row["metadata"]["requestedCancellation"],
           lambda row: row["metadata"].get("statusMessage"))
drive.advance(10)
drive.call("get after the cancel", lambda: ops.get(name=name("run")).execute(),
           lambda row: row["done"] and row["error"]["code"] == 1, lambda row: row["error"])
drive.call("get after a lost cancel", lambda: ops.get(name=name("race")).execute(),
           lambda row: row["done"] and "response" in row, lambda row: sorted(row))
drive.refused("cancel, not supported", lambda: ops.cancel(name=name("run-nocancel"), body={}).execute(), HttpError,
              refused(501, "METHOD_NOT_SUPPORTED"), said)
drive.refused("cancel, done", lambda: ops.cancel(name=name("ok-strict"), body={}).execute(), HttpError,
              refused(400, "OPERATION_STATE"), said)

# delete
drive.call("delete", lambda: ops.delete(name=name("ok")).execute(), lambda answer: answer == {})
drive.refused("get after delete", lambda: ops.get(name=name("ok")).execute(), HttpError,
              refused(404, "RESOURCE_NOT_FOUND"), said)
drive.refused("delete, running", lambda: ops.delete(name=name("run-strict")).execute(), HttpError,
              refused(400, "OPERATION_STATE"), said)

# What starts operations, and where they are.
drive.call("locations.list", lambda: locations.list(name="projects/demo").execute(),
           lambda answer: len(answer["locations"]) == 3,
           lambda answer: [location["locationId"] for location in answer["locations"]])
drive.call("locations.get", lambda: locations.get(name=PARENT).execute(),
           lambda answer: answer["displayName"] == "Iowa", lambda answer: answer["displayName"])
evaluations = locations.evaluations()
evaluation = PARENT + "/evaluations/e1"
for call, request, verb in [
        ("evaluations.create", evaluations.create(parent=PARENT, evaluationId="e1", body={"description": "d"}), "create"),
        ("evaluations.patch", evaluations.patch(name=evaluation, updateMask="description", body={"description": "e"}),
         "update"),
        ("executions.run", evaluations.executions().run(name=evaluation, body={"executionId": "x1"}), "run"),
        ("executions.delete", evaluations.executions().delete(name=evaluation + "/executions/x1"), "delete"),
        ("evaluations.delete", evaluations.delete(name=evaluation), "delete")]:
    started = drive.call(call, request.execute, lambda row: row["metadata"]["verb"] == verb, lambda row: row["name"])
    drive.advance(300)
    drive.call("get of " + call, lambda: ops.get(name=started["name"]).execute(), lambda row: "response" in row,
               lambda row: row["response"]["@type"])
drive.refused("evaluations.create, exists",
              lambda: evaluations.create(parent=PARENT, evaluationId="mssql-finance", body={}).execute(), HttpError,
              refused(409, "RESOURCE_EXISTS"), said)

# Tokens and faults.
reader = build("ya29.reader").projects().locations().operations()
drive.call("get, reader", lambda: reader.get(name=name("failed")).execute(), lambda row: row["done"],
           lambda row: row["error"]["message"])
for call in ["cancel", "delete"]:
    drive.refused(call + ", reader", lambda: getattr(reader, call)(name=name("failed")).execute(), HttpError,
                  refused(403, "IAM_PERMISSION_DENIED"), said)
nobody = build("ya29.nobody").projects().locations().operations()
drive.refused("get, unknown token", lambda: nobody.get(name=name("failed")).execute(), RefreshError)
for kind, number in [("429", 429), ("500", 500), ("503", 503), ("403", 403)]:
    drive.refused("list fault-" + kind, lambda: ops.list(name=PARENT, filter="fault-" + kind).execute(), HttpError,
                  lambda error: error.status_code == number, said)
drive.refused("list fault-html", lambda: ops.list(name=PARENT, filter="fault-html").execute(), HttpError,
              lambda error: error.status_code == 502, said)
drive.lever("fault?kind=503")
drive.call("get, repeated by the client after a 503", lambda: ops.get(name=name("failed")).execute(num_retries=2),
           lambda row: row["done"], lambda row: row["name"])

# The same client made from a document, and without a slash at the end.
path = os.path.join(os.path.dirname(googleapiclient.__file__), "discovery_cache/documents/workloadmanager.v1.json")
with open(path) as file:
    document = json.load(file)
document["rootUrl"] = document["baseUrl"] = drive.base + "/gcp/"
by_document = discovery.build_from_document(document, credentials=Credentials(token="ya29.demo"))
for call, built in [("build_from_document", by_document), ("api_endpoint without a slash", build(path="/gcp"))]:
    one = built.projects().locations().operations()
    drive.call("get, " + call, lambda: one.get(name=name("failed")).execute(), lambda row: row["done"],
               lambda row: row["name"])
    one.close()
drive.call("close", ops.close)
drive.end()
