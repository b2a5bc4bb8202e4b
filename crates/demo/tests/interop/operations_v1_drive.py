"""Drives a demo with google.api_core.operations_v1 over REST, unmodified. It refuses every field it does not know.

    python3 -m venv venv && venv/bin/pip install google-api-core==2.44.0 google-cloud-workloadmanager==0.2.2 requests
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python operations_v1_drive.py http://127.0.0.1:18790
"""

import google.cloud.workloadmanager_v1 as workloadmanager  # registers the metadata's type
from google.api_core import exceptions, operations_v1
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from google.protobuf.json_format import ParseError

from drive import Drive

drive = Drive("google-api-core 2.44.0 operations_v1")
PARENT = "projects/demo/locations/us-central1"


def build(token="ya29.demo"):
    transport = operations_v1.OperationsRestTransport(
        host=drive.base, path_prefix="gcp/v1", credentials=Credentials(token=token))
    return operations_v1.AbstractOperationsClient(transport=transport)


def name(operation_id):
    return "%s/operations/%s" % (PARENT, operation_id)


def metadata(operation):
    """The metadata, by the type that the package registers; plain protobuf fields."""
    message = workloadmanager.OperationMetadata.pb()()
    assert operation.metadata.Unpack(message)
    return message


def rows(found):
    return "%d rows" % len(found)


client = build()

# list_operations, with the pager that follows the tokens
whole = drive.call("list_operations", lambda: list(client.list_operations(PARENT, "")),
                   lambda found: len(found) > 110, rows)
drive.check("every operation has metadata of its type", all(metadata(operation).api_version == "v1" for operation in whole))
drive.call("list_operations, filter and page_size",
           lambda: list(client.list_operations(PARENT, "done=false", page_size=3)),
           lambda found: len(found) >= 6 and not any(operation.done for operation in found), rows)
drive.call("list_operations, pages", lambda: list(client.list_operations(PARENT, "done=true", page_size=40).pages),
           lambda pages: len(pages) >= 3 and not pages[-1].next_page_token and pages[0].next_page_token,
           lambda pages: "%d pages" % len(pages))
drive.call("list_operations, AIP-160 filter",
           lambda: list(client.list_operations(PARENT, "error:* AND NOT error.code=1")),
           lambda found: found and all(operation.error.code > 1 for operation in found), rows)
drive.refused("list_operations, bad filter", lambda: list(client.list_operations(PARENT, "state=DONE")),
              exceptions.BadRequest, lambda error: "there is no field 'state'" in error.message)
drive.refused("list_operations, not supported",
              lambda: list(client.list_operations("projects/nolist/locations/us-central1", "")),
              exceptions.MethodNotImplemented)
drive.refused("list_operations, other project",
              lambda: list(client.list_operations("projects/other/locations/us-central1", "")), exceptions.Forbidden)
drive.refused("list_operations fault-429", lambda: list(client.list_operations(PARENT, "fault-429")),
              exceptions.TooManyRequests)
drive.lever("fault?kind=503")
drive.call("list_operations, repeated by the client after a 503",
           lambda: list(client.list_operations(PARENT, "done=false")), lambda found: len(found) >= 6, rows)

# get_operation
for operation_id, result, code in [("run", None, 0), ("ok", "response", 0), ("gone", "response", 0),
                                   ("nothing", None, 0), ("failed", "error", 9), ("cancelled", "error", 1)]:
    drive.call("get_operation " + operation_id, lambda: client.get_operation(name(operation_id)),
               lambda operation: operation.WhichOneof("result") == result and operation.error.code == code,
               lambda operation: "done=%s %s" % (operation.done, operation.WhichOneof("result")))
evaluation = workloadmanager.Evaluation.pb()()
drive.check("the response is an Evaluation", client.get_operation(name("ok")).response.Unpack(evaluation)
            and evaluation.name.endswith("evaluations/sap-hana-prod"))
drive.check("nanoseconds arrive", any(metadata(operation).create_time.nanos % 1000 for operation in whole))
drive.refused("get_operation, unknown", lambda: client.get_operation(name("there-is-none")), exceptions.NotFound)
for odd in ["odd-unknown-type", "odd-no-type", "odd-extra", "odd-code-word", "odd-both"]:
    drive.refused("get_operation " + odd, lambda: client.get_operation(name(odd)), ParseError)
for odd in ["odd-neither", "odd-no-metadata", "odd-nulls"]:
    drive.call("get_operation " + odd, lambda: client.get_operation(name(odd)),
               lambda operation: operation.name == name(odd), lambda operation: operation.name)

# cancel_operation
drive.call("cancel_operation", lambda: client.cancel_operation(name("run")), lambda answer: answer is None)
drive.call("cancel_operation, too late", lambda: client.cancel_operation(name("race")), lambda answer: answer is None)
drive.call("get_operation while cancelling", lambda: client.get_operation(name("run")),
           lambda operation: not operation.done and metadata(operation).requested_cancellation,
           lambda operation: metadata(operation).status_message)
drive.advance(10)
drive.call("get_operation after the cancel", lambda: client.get_operation(name("run")),
           lambda operation: operation.done and operation.error.code == 1, lambda operation: operation.error.message)
drive.call("get_operation after a lost cancel", lambda: client.get_operation(name("race")),
           lambda operation: operation.WhichOneof("result") == "response", lambda operation: operation.done)
drive.refused("cancel_operation, not supported", lambda: client.cancel_operation(name("run-nocancel")),
              exceptions.MethodNotImplemented)
drive.refused("cancel_operation, done", lambda: client.cancel_operation(name("ok-strict")), exceptions.BadRequest)

# delete_operation
drive.call("delete_operation", lambda: client.delete_operation(name("ok")), lambda answer: answer is None)
drive.refused("get_operation after delete", lambda: client.get_operation(name("ok")), exceptions.NotFound)
drive.refused("delete_operation, again", lambda: client.delete_operation(name("ok")), exceptions.NotFound)
drive.refused("delete_operation, running", lambda: client.delete_operation(name("run-strict")), exceptions.BadRequest)

# Tokens
reader = build("ya29.reader")
drive.call("get_operation, reader", lambda: reader.get_operation(name("failed")), lambda operation: operation.done,
           lambda operation: operation.error.message)
drive.refused("cancel_operation, reader", lambda: reader.cancel_operation(name("failed")), exceptions.Forbidden)
drive.refused("delete_operation, reader", lambda: reader.delete_operation(name("failed")), exceptions.Forbidden)
drive.refused("get_operation, unknown token", lambda: build("ya29.nobody").get_operation(name("failed")), RefreshError)
drive.end()
