"""Drives a demo with the vendor's Python client of 2022, unmodified: the generation most scripts were written for.

    python3 -m venv venv && venv/bin/pip install extremecloudiq-api==22.6.4.1
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python extremecloudiq22_drive.py http://127.0.0.1:18790
"""

import json

import extremecloudiq as xiq
from extremecloudiq.rest import ApiException

from drive import Drive

drive = Drive("extremecloudiq-api 22.6.4.1")
conf = xiq.Configuration(host=drive.base + "/xiq")
client = xiq.ApiClient(conf)
auth = xiq.AuthenticationApi(client)
ops = xiq.OperationApi(client)


def status(operation):
    return operation.metadata.status


def signed_in(user, password):
    answer = auth.login(xiq.XiqLoginRequest(username=user, password=password))
    conf.access_token = answer.access_token
    return answer


def explained(number, code):
    def holds(error):
        return error.status == number and json.loads(error.body)["error_code"] == code
    return holds


def body(error):
    return "%s %s" % (error.status, error.body)


drive.refused("login, wrong password", lambda: signed_in("operator@example.com", "no"), ApiException,
              explained(401, "INVALID_CREDENTIALS"), body)
drive.call("login", lambda: signed_in("operator@example.com", "operator"),
           lambda answer: answer.token_type == "Bearer", lambda answer: "token for %d s" % answer.expires_in)
drive.call("login_with_http_info",
           lambda: auth.login_with_http_info(xiq.XiqLoginRequest(username="viewer@example.com", password="viewer")),
           lambda answer: answer[1] == 200, lambda answer: answer[1])

for operation_id, expected in [("op-running", "RUNNING"), ("op-pending", "PENDING"), ("op-canceling", "CANCELING"),
                               ("op-succeeded", "SUCCEEDED"), ("op-failed", "FAILED"), ("op-canceled", "CANCELED"),
                               ("site 7/ap?#100%·大阪", "RUNNING")]:
    drive.call("get_operation %s" % operation_id, lambda: ops.get_operation(operation_id),
               lambda operation: status(operation) == expected and operation.id == operation_id, status)
drive.call("get_operation_with_http_info", lambda: ops.get_operation_with_http_info("op-running"),
           lambda answer: answer[1] == 200 and "RateLimit-Reset" in answer[2], lambda answer: answer[1])

drive.call("cancel_operation", lambda: ops.cancel_operation("op-running"), lambda answer: answer is None)
drive.call("cancel_operation_with_http_info", lambda: ops.cancel_operation_with_http_info("op-race"),
           lambda answer: answer[1] == 200, lambda answer: answer[1])
drive.call("get_operation while canceling", lambda: ops.get_operation("op-running"),
           lambda operation: status(operation) == "CANCELING", status)
drive.refused("cancel_operation, not cancelable", lambda: ops.cancel_operation("op-uncancelable"), ApiException,
              explained(400, "BAD_REQUEST"), body)
drive.refused("cancel_operation, unknown", lambda: ops.cancel_operation("nothing"), ApiException,
              explained(404, "NOT_FOUND"), body)
drive.advance(10)
drive.call("get_operation after the cancel", lambda: ops.get_operation("op-running"),
           lambda operation: status(operation) == "CANCELED" and operation.error.error_code == "CANCELED", status)
drive.call("get_operation after a lost cancel", lambda: ops.get_operation("op-race"),
           lambda operation: status(operation) == "SUCCEEDED", status)

drive.call("delete_operation", lambda: ops.delete_operation("op-succeeded"), lambda answer: answer is None)
drive.call("delete_operation_with_http_info, pending", lambda: ops.delete_operation_with_http_info("op-pending"),
           lambda answer: answer[1] == 200, lambda answer: answer[1])
for gone in ["op-succeeded", "op-pending"]:
    drive.refused("get_operation %s after delete" % gone, lambda: ops.get_operation(gone), ApiException,
                  explained(404, "NOT_FOUND"), body)
drive.refused("delete_operation, running", lambda: ops.delete_operation("op-silent"), ApiException,
              explained(400, "BAD_REQUEST"), body)

devices = xiq.DeviceApi(client)
cli = xiq.XiqSendCliRequest(devices=xiq.XiqDeviceFilter(ids=[1, 2]), clis=["show version"])
for name, start in [
        ("send_cli_to_devices", lambda: devices.send_cli_to_devices_with_http_info(cli, _async=True)),
        ("reset_device", lambda: devices.reset_device_with_http_info(7, _async=True))]:
    started = drive.call(name + ", async", start, lambda answer: answer[1] == 202,
                         lambda answer: "%s %s" % (answer[1], answer[2]["Location"]))
    operation_id = started[2]["Location"].rsplit("/", 1)[-1]
    drive.advance(120)
    drive.call("get_operation of " + name, lambda: ops.get_operation(operation_id),
               lambda operation: status(operation) == "SUCCEEDED" and operation.done, status)
drive.call("send_cli_to_devices, at once", lambda: devices.send_cli_to_devices(cli),
           lambda answer: answer.device_cli_outputs["1"][0].cli == "show version",
           lambda answer: answer.device_cli_outputs["1"][0].response_code)

for kind, number in [("403", 403), ("500", 500), ("429-bare", 429), ("html", 502)]:
    drive.refused("get_operation fault-" + kind, lambda: ops.get_operation("fault-" + kind), ApiException,
                  lambda error: error.status == number, body)
for kind, number in [("429", 429), ("503", 503)]:
    drive.refused("cancel_operation fault-%s, not repeated" % kind, lambda: ops.cancel_operation("fault-" + kind),
                  ApiException, lambda error: error.status == number and error.headers["Retry-After"], body)
for odd in ["odd-no-description", "odd-unknown-status", "odd-nulls", "odd-extra"]:
    drive.call("get_operation " + odd, lambda: ops.get_operation(odd), lambda operation: operation.id == odd, status)
drive.refused("get_operation odd-no-expiry", lambda: ops.get_operation("odd-no-expiry"), ValueError)

conf.access_token = "xiq-readonly-token"
for name, forbidden in [("cancel_operation", ops.cancel_operation), ("delete_operation", ops.delete_operation)]:
    drive.refused(name + ", read-only token", lambda: forbidden("op-failed"), ApiException,
                  explained(403, "ACCESS_DENIED"), body)
drive.call("login again", lambda: signed_in("operator@example.com", "operator"),
           shown=lambda answer: "token for %d s" % answer.expires_in)
made = drive.call("generate_api_token", lambda: xiq.AuthorizationApi(client).generate_api_token(
    xiq.XiqGenerateApiTokenRequest(permissions=["lro:r"])),
    lambda answer: answer.permissions == ["lro:r"], lambda answer: answer.permissions)
drive.call("logout", auth.logout, lambda answer: answer is None)
drive.refused("get_operation, signed out", lambda: ops.get_operation("op-failed"), ApiException,
              explained(401, "UNAUTHENTICATED"), body)
drive.refused("logout_with_http_info, signed out", auth.logout_with_http_info, ApiException,
              explained(401, "UNAUTHENTICATED"), body)
drive.end()
