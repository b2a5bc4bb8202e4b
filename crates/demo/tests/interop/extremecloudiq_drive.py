"""Drives a demo with the vendor's current Python client, unmodified.

    python3 -m venv venv && venv/bin/pip install extremecloudiq-api==25.14.1.post4
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python extremecloudiq_drive.py http://127.0.0.1:18790
"""

import json

import extremecloudiq as xiq
from extremecloudiq.exceptions import (
    ApiException, BadRequestException, ForbiddenException, NotFoundException, ServiceException,
    UnauthorizedException)
from pydantic import ValidationError

from drive import Drive

drive = Drive("extremecloudiq-api 25.14.1.post4")
conf = xiq.Configuration(host=drive.base + "/xiq")
client = xiq.ApiClient(conf)
auth = xiq.AuthenticationApi(client)
ops = xiq.OperationApi(client)
REQUIRED = {"error_code", "error_id", "error_message", "error_message_description"}


def status(operation):
    return operation.metadata.status.value


def signed_in(user, password):
    answer = auth.login(xiq.XiqLoginRequest(username=user, password=password))
    conf.access_token = answer.access_token
    return answer


def header(answer, name):
    """The client makes plain dictionaries of headers, and names arrive in small letters."""
    return {known.lower(): value for known, value in answer.headers.items()}.get(name.lower())


def explained(code):
    """The body is an XiqError with the four fields that are required."""
    def holds(error):
        body = json.loads(error.body)
        return body["error_code"] == code and REQUIRED <= body.keys() and header(error, "RateLimit-Remaining")
    return holds


def body(error):
    return "%s %s" % (error.status, error.body)


# Signing in.
drive.refused("login, wrong password", lambda: signed_in("operator@example.com", "no"), UnauthorizedException,
              explained("INVALID_CREDENTIALS"), body)
drive.call("login", lambda: signed_in("operator@example.com", "operator"),
           lambda answer: answer.token_type == "Bearer" and answer.expires_in == 86400,
           lambda answer: "token for %d s" % answer.expires_in)

# The three calls, in the three ways the client offers each.
for operation_id, expected in [("op-running", "RUNNING"), ("op-pending", "PENDING"), ("op-canceling", "CANCELING"),
                               ("op-succeeded", "SUCCEEDED"), ("op-failed", "FAILED"), ("op-canceled", "CANCELED")]:
    drive.call("get_operation %s" % operation_id, lambda: ops.get_operation(operation_id),
               lambda operation: status(operation) == expected
               and operation.done == (expected in ("SUCCEEDED", "FAILED", "CANCELED"))
               and (operation.error is not None) == (expected in ("FAILED", "CANCELED"))
               and (operation.response is not None) == (expected == "SUCCEEDED"), status)
running = ops.get_operation("op-running").metadata
drive.check("a running one tells step, percentage and times",
            running.step and running.percentage >= 0 and running.start_time and running.expires_in > 0)
drive.call("get_operation_with_http_info", lambda: ops.get_operation_with_http_info("op-running"),
           lambda answer: answer.status_code == 200 and header(answer, "RateLimit-Limit") == "7500;w=3600"
           and answer.data.id == "op-running", lambda answer: answer.status_code)
drive.call("get_operation_without_preload_content",
           lambda: ops.get_operation_without_preload_content("op-running"),
           lambda answer: json.loads(answer.data)["id"] == "op-running", lambda answer: answer.status)
drive.call("get_operation, id with / and %", lambda: ops.get_operation("site 7/ap?#100%·大阪"),
           lambda operation: operation.id == "site 7/ap?#100%·大阪", lambda operation: operation.id)

drive.call("cancel_operation", lambda: ops.cancel_operation("op-running"), lambda answer: answer is None)
drive.call("get_operation while canceling", lambda: ops.get_operation("op-running"),
           lambda operation: status(operation) == "CANCELING" and not operation.metadata.cancelable, status)
drive.call("cancel_operation_with_http_info", lambda: ops.cancel_operation_with_http_info("op-race"),
           lambda answer: answer.status_code == 200 and answer.data is None, lambda answer: answer.status_code)
drive.call("cancel_operation_without_preload_content",
           lambda: ops.cancel_operation_without_preload_content("site 7/ap?#100%·大阪"),
           lambda answer: answer.status == 200 and answer.data == b"", lambda answer: answer.status)
drive.refused("cancel_operation, not cancelable", lambda: ops.cancel_operation("op-uncancelable"),
              BadRequestException, explained("BAD_REQUEST"), body)
drive.refused("cancel_operation, unknown", lambda: ops.cancel_operation("nothing"), NotFoundException,
              explained("NOT_FOUND"), body)
drive.advance(10)
drive.call("get_operation after the cancel", lambda: ops.get_operation("op-running"),
           lambda operation: status(operation) == "CANCELED" and operation.error.error_code == "CANCELED", status)
drive.call("get_operation after a lost cancel", lambda: ops.get_operation("op-race"),
           lambda operation: status(operation) == "SUCCEEDED", status)

drive.call("delete_operation", lambda: ops.delete_operation("op-succeeded"), lambda answer: answer is None)
drive.call("delete_operation_with_http_info, pending", lambda: ops.delete_operation_with_http_info("op-pending"),
           lambda answer: answer.status_code == 200, lambda answer: answer.status_code)
drive.call("delete_operation_without_preload_content",
           lambda: ops.delete_operation_without_preload_content("op-canceled"),
           lambda answer: answer.status == 200, lambda answer: answer.status)
for gone in ["op-succeeded", "op-pending", "op-canceled"]:
    drive.refused("get_operation %s after delete" % gone, lambda: ops.get_operation(gone), NotFoundException,
                  explained("NOT_FOUND"), body)
drive.refused("delete_operation, running", lambda: ops.delete_operation("op-silent"), BadRequestException,
              explained("BAD_REQUEST"), body)
drive.call("get_operation, about to expire", lambda: ops.get_operation("op-expiring"),
           lambda operation: 0 < operation.metadata.expires_in <= 120,
           lambda operation: "%d s left" % operation.metadata.expires_in)
drive.advance(120)
drive.refused("get_operation, expired", lambda: ops.get_operation("op-expiring"), NotFoundException,
              explained("NOT_FOUND"), body)

# The calls that start operations.
devices = xiq.DeviceApi(client)
cli = xiq.XiqSendCliRequest(devices=xiq.XiqDeviceFilter(ids=[1, 2]), clis=["show version"])
onboard = xiq.XiqAdvancedOnboardDeviceRequest(extreme=[xiq.XiqExtremeDevice(
    serial_number="WM012345W-30001", location=xiq.XiqDeviceLocationAssignment(location_id=7))])
reset = xiq.XiqDevicesResetToDefaultRequest(device_ids=[1])
deployment = xiq.XiqDeploymentRequest(devices=xiq.XiqDeployDeviceFilter(ids=[3]))
deployments = xiq.ConfigurationDeploymentApi(client)
logs, account = xiq.LogApi(client), xiq.AccountApi(client)
for name, start, answered in [
        ("send_cli_to_devices", lambda: devices.send_cli_to_devices_with_http_info(cli, var_async=True),
         lambda response: response["device_cli_outputs"]["2"][0]["response_code"] == "SUCCEED"),
        ("reset_devices", lambda: devices.reset_devices_with_http_info(reset, var_async=True),
         lambda response: response is None),
        ("reset_device", lambda: devices.reset_device_with_http_info(7, var_async=True),
         lambda response: response is None),
        ("advanced_onboard_devices",
         lambda: devices.advanced_onboard_devices_with_http_info(onboard, var_async=True),
         lambda response: response["success_devices"][0]["serial_number"] == "WM012345W-30001"),
        ("deploy_config", lambda: deployments.deploy_config_with_http_info(deployment, var_async=True),
         lambda response: response["deployment_status"]["3"]["is_finished"])]:
    started = drive.call(name + ", async", start, lambda answer: answer.status_code == 202 and answer.data is None,
                         lambda answer: "%s %s" % (answer.status_code, header(answer, "Location")))
    location = header(started, "Location")
    drive.check("the location leads back here", location.startswith(conf.host + "/operations/"))
    operation_id = location.rsplit("/", 1)[-1]
    drive.check("it begins as pending", status(ops.get_operation(operation_id)) == "PENDING")
    drive.advance(300)
    drive.call("get_operation of " + name, lambda: ops.get_operation(operation_id),
               lambda operation: status(operation) == "SUCCEEDED" and answered(operation.response), status)
failing = drive.call("export_viq, always in the background", account.export_viq_with_http_info,
                     lambda answer: answer.status_code == 202, lambda answer: answer.status_code)
drive.advance(300)
drive.call("get_operation of a failed one",
           lambda: ops.get_operation(header(failing, "Location").rsplit("/", 1)[-1]),
           lambda operation: status(operation) == "FAILED" and operation.error.error_message_description,
           lambda operation: operation.error.error_message)
drive.call("send_cli_to_devices, at once", lambda: devices.send_cli_to_devices(cli),
           lambda answer: answer.device_cli_outputs["1"][0].cli == "show version",
           lambda answer: answer.device_cli_outputs["1"][0].response_code.value)
drive.call("advanced_onboard_devices, at once", lambda: devices.advanced_onboard_devices(onboard),
           lambda answer: answer.success_devices[0].device_id > 0, lambda answer: answer.success_devices[0].device_id)
drive.call("deploy_config, at once", lambda: deployments.deploy_config(deployment),
           lambda answer: answer.deployment_id > 0, lambda answer: answer.deployment_id)
drive.call("audit_logs_report, at once", logs.audit_logs_report, lambda answer: answer.id > 0,
           lambda answer: answer.id)
drive.call("reset_devices, at once", lambda: devices.reset_devices(reset), lambda answer: answer is None)

# What the service refuses, and what breaks the client's model.
for kind, error in [("403", ForbiddenException), ("500", ServiceException), ("429-bare", ApiException),
                    ("html", ServiceException)]:
    drive.refused("get_operation fault-" + kind, lambda: ops.get_operation("fault-" + kind), error, shown=body)
for kind, number in [("429", 429), ("503", 503)]:
    drive.refused("cancel_operation fault-%s, not repeated" % kind, lambda: ops.cancel_operation("fault-" + kind),
                  ApiException, lambda error: error.status == number and header(error, "Retry-After"), body)
drive.lever("fault?kind=503")
drive.call("get_operation, repeated by the client after a 503", lambda: ops.get_operation("op-failed"), shown=status)
for odd in ["odd-no-description", "odd-unknown-status", "odd-no-expiry", "odd-null-status"]:
    drive.refused("get_operation " + odd, lambda: ops.get_operation(odd), ValidationError,
                  shown=lambda error: "%d errors" % error.error_count())
for odd in ["odd-nulls", "odd-extra"]:
    drive.call("get_operation " + odd, lambda: ops.get_operation(odd), lambda operation: operation.id == odd, status)
drive.refused("get_operation, refused tersely", lambda: ops.get_operation("odd-terse-error"), BadRequestException,
              lambda error: "error_message_description" not in error.body, body)

# Who may only read; who has few calls; a token for a script; signing out.
full = conf.access_token
conf.access_token = "xiq-readonly-token"
drive.call("get_operation, read-only token", lambda: ops.get_operation("op-failed"),
           lambda operation: status(operation) == "FAILED", status)
for name, forbidden in [("cancel_operation", ops.cancel_operation), ("delete_operation", ops.delete_operation)]:
    drive.refused(name + ", read-only token", lambda: forbidden("op-failed"), ForbiddenException,
                  explained("ACCESS_DENIED"), body)
conf.access_token = full
made = drive.call("generate_api_token", lambda: xiq.AuthorizationApi(client).generate_api_token(
    xiq.XiqGenerateApiTokenRequest(permissions=["lro:r"], description="for a script")),
    lambda answer: answer.permissions == ["lro:r"] and answer.expire_time is None,
    lambda answer: answer.permissions)
conf.access_token = made.access_token
drive.call("get_operation, token for a script", lambda: ops.get_operation("op-failed"), shown=status)
drive.call("login, limited customer", lambda: signed_in("limited@example.com", "operator"),
           shown=lambda answer: "token for %d s" % answer.expires_in)
for _ in range(20):
    ops.get_operation("op-failed")
drive.refused("cancel_operation, no calls left", lambda: ops.cancel_operation("op-failed"), ApiException,
              lambda error: error.status == 429 and header(error, "RateLimit-Remaining") == "0"
              and int(header(error, "Retry-After")) > 0, body)
conf.access_token = full
drive.lever("fault?kind=401")
drive.refused("get_operation, token expired", lambda: ops.get_operation("op-failed"), UnauthorizedException,
              explained("UNAUTHENTICATED"), body)
drive.call("login again", lambda: signed_in("operator@example.com", "operator"),
           shown=lambda answer: "token for %d s" % answer.expires_in)
drive.call("logout", auth.logout, lambda answer: answer is None)
drive.refused("get_operation, signed out", lambda: ops.get_operation("op-failed"), UnauthorizedException,
              explained("UNAUTHENTICATED"), body)
drive.end()
