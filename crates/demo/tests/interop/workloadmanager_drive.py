"""Drives a demo with Google's Workload Manager client over REST, unmodified, and with the futures it returns.

    python3 -m venv venv && venv/bin/pip install google-cloud-workloadmanager==0.2.2 requests
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python workloadmanager_drive.py http://127.0.0.1:18790
"""

from google.api_core import exceptions
from google.api_core.client_options import ClientOptions
from google.auth.exceptions import RefreshError
from google.cloud import workloadmanager_v1
from google.oauth2.credentials import Credentials

from drive import Drive

drive = Drive("google-cloud-workloadmanager 0.2.2")
PARENT = "projects/demo/locations/us-central1"
EVALUATION = PARENT + "/evaluations/e1"


def build(token="ya29.demo"):
    return workloadmanager_v1.WorkloadManagerClient(
        transport="rest", credentials=Credentials(token=token),
        client_options=ClientOptions(api_endpoint=drive.base + "/gcp"))


def name(operation_id):
    return "%s/operations/%s" % (PARENT, operation_id)


def one(operation_id):
    return {"name": name(operation_id)}


client = build()

# The four calls on operations
listed = drive.call("list_operations",
                    lambda: client.list_operations({"name": PARENT, "filter": "done=false", "page_size": 3}),
                    lambda page: len(page.operations) == 3 and page.next_page_token,
                    lambda page: "%d rows and a token" % len(page.operations))
drive.call("list_operations, next page",
           lambda: client.list_operations({"name": PARENT, "filter": "done=false", "page_size": 3,
                                           "page_token": listed.next_page_token}),
           lambda page: page.operations[0].name not in [operation.name for operation in listed.operations],
           lambda page: "%d rows" % len(page.operations))
drive.call("list_operations, every location",
           lambda: client.list_operations({"name": "projects/demo/locations/-", "return_partial_success": True}),
           lambda page: list(page.unreachable) == ["projects/demo/locations/europe-west9"],
           lambda page: "%d rows, unreachable: %s" % (len(page.operations), list(page.unreachable)))
drive.refused("list_operations, bad filter",
              lambda: client.list_operations({"name": PARENT, "filter": "done=maybe"}), exceptions.BadRequest)
drive.refused("list_operations, token of another list",
              lambda: client.list_operations({"name": PARENT, "page_token": listed.next_page_token}),
              exceptions.BadRequest)
drive.refused("list_operations, not supported",
              lambda: client.list_operations({"name": "projects/nolist/locations/us-central1"}),
              exceptions.MethodNotImplemented)
for operation_id, result in [("run", None), ("ok", "response"), ("nothing", None), ("failed", "error"),
                             ("cancelled", "error")]:
    drive.call("get_operation " + operation_id, lambda: client.get_operation(one(operation_id)),
               lambda operation: operation.WhichOneof("result") == result
               and operation.metadata.type_url.endswith("v1.OperationMetadata"),
               lambda operation: "done=%s %s" % (operation.done, operation.WhichOneof("result")))
drive.refused("get_operation, unknown", lambda: client.get_operation(one("there-is-none")), exceptions.NotFound)
drive.call("cancel_operation", lambda: client.cancel_operation(one("run")), lambda answer: answer is None)
drive.advance(10)
drive.call("get_operation after the cancel", lambda: client.get_operation(one("run")),
           lambda operation: operation.done and operation.error.code == 1, lambda operation: operation.error.message)
drive.refused("cancel_operation, not supported", lambda: client.cancel_operation(one("run-nocancel")),
              exceptions.MethodNotImplemented)
drive.call("delete_operation", lambda: client.delete_operation(one("ok")), lambda answer: answer is None)
drive.refused("get_operation after delete", lambda: client.get_operation(one("ok")), exceptions.NotFound)
drive.refused("delete_operation, running", lambda: client.delete_operation(one("run-strict")), exceptions.BadRequest)
drive.call("list_locations", lambda: client.list_locations({"name": "projects/demo"}),
           lambda answer: [location.location_id for location in answer.locations][0] == "us-central1",
           lambda answer: "%d locations" % len(answer.locations))
drive.call("get_location", lambda: client.get_location({"name": PARENT}),
           lambda answer: answer.display_name == "Iowa", lambda answer: answer.display_name)

# The calls that return a future; the clock is stepped so that each is over when the future looks.
evaluation = workloadmanager_v1.Evaluation(description="d")


def started(call, start, verb):
    return drive.call(call, start, lambda future: future.metadata.verb == verb and not future.done(),
                      lambda future: future.operation.name)


def resulting(call, future, holds):
    drive.advance(300)
    drive.call("result of " + call, lambda: future.result(timeout=20), holds, lambda result: type(result).__name__)
    drive.check("the future of %s is done" % call, future.done() and not future.cancelled())


future = started("create_evaluation", lambda: client.create_evaluation(
    parent=PARENT, evaluation_id="e1", evaluation=evaluation), "create")
drive.refused("create_evaluation, busy", lambda: client.create_evaluation(
    parent=PARENT, evaluation_id="e1", evaluation=evaluation), exceptions.Conflict)
resulting("create_evaluation", future, lambda result: result.name == EVALUATION and result.description == "d")
drive.call("get_evaluation", lambda: client.get_evaluation(name=EVALUATION),
           lambda found: found.description == "d" and found.create_time.year >= 2020, lambda found: found.name)
drive.call("list_evaluations", lambda: list(client.list_evaluations(parent=PARENT)),
           lambda found: EVALUATION in [each.name for each in found], lambda found: "%d evaluations" % len(found))
drive.refused("create_evaluation, exists", lambda: client.create_evaluation(
    parent=PARENT, evaluation_id="e1", evaluation=evaluation), exceptions.Conflict)
future = started("update_evaluation", lambda: client.update_evaluation(
    evaluation=workloadmanager_v1.Evaluation(name=EVALUATION, description="e"), update_mask={"paths": ["description"]}),
    "update")
resulting("update_evaluation", future, lambda result: result.description == "e")
future = started("run_evaluation", lambda: client.run_evaluation(
    name=EVALUATION, execution_id="x1", execution=workloadmanager_v1.Execution()), "run")
drive.check("progress is told in words", "resources" in future.metadata.status_message)
resulting("run_evaluation", future, lambda result: result.name == EVALUATION + "/executions/x1"
          and result.state == workloadmanager_v1.Execution.State.SUCCEEDED and result.evaluation_id == "e1")
future = started("delete_execution", lambda: client.delete_execution(name=EVALUATION + "/executions/x1"), "delete")
resulting("delete_execution", future, lambda result: True)

future = started("run_evaluation, to be cancelled", lambda: client.run_evaluation(
    name=EVALUATION, execution_id="x2", execution=workloadmanager_v1.Execution()), "run")
drive.call("future.cancel", future.cancel, lambda answer: answer is True)
drive.advance(10)
drive.call("future.cancelled", future.cancelled, lambda answer: answer is True)
drive.refused("result of a cancelled one", lambda: future.result(timeout=20), exceptions.Cancelled)
drive.call("future.cancel, done", future.cancel, lambda answer: answer is False)

future = started("create_evaluation, to fail", lambda: client.create_evaluation(
    parent=PARENT, evaluation_id="e2", evaluation=workloadmanager_v1.Evaluation(description="demo-fail")), "create")
drive.advance(300)
drive.refused("result of a failed one", lambda: future.result(timeout=20), exceptions.GoogleAPICallError)
future = started("delete_evaluation", lambda: client.delete_evaluation(name=EVALUATION), "delete")
drive.advance(300)
drive.refused("result of delete_evaluation, as every seventh fails", lambda: future.result(timeout=20),
              exceptions.GoogleAPICallError)
future = started("delete_evaluation, once more", lambda: client.delete_evaluation(name=EVALUATION), "delete")
resulting("delete_evaluation", future, lambda result: type(result).__name__ == "Empty")
drive.refused("get_evaluation after delete", lambda: client.get_evaluation(name=EVALUATION), exceptions.NotFound)

# Tokens and faults
reader = build("ya29.reader")
drive.call("get_operation, reader", lambda: reader.get_operation(one("failed")), lambda operation: operation.done,
           lambda operation: operation.error.message)
drive.refused("delete_operation, reader", lambda: reader.delete_operation(one("failed")), exceptions.Forbidden)
drive.refused("delete_evaluation, reader", lambda: reader.delete_evaluation(name=EVALUATION), exceptions.Forbidden)
drive.refused("get_operation, unknown token", lambda: build("ya29.nobody").get_operation(one("failed")), RefreshError)
for kind, error in [("429", exceptions.TooManyRequests), ("500", exceptions.InternalServerError),
                    ("403", exceptions.Forbidden)]:
    drive.refused("get_operation fault-" + kind, lambda: client.get_operation(one("fault-" + kind)), error)
drive.end()
