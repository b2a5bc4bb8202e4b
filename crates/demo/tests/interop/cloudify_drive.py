"""Drives a demo with the vendor's own Python client, unmodified.

    python3 -m venv venv && venv/bin/pip install cloudify-common==7.0.5
    longrun-demo --listen 127.0.0.1:18790 --speed 0
    venv/bin/python cloudify_drive.py http://127.0.0.1:18790
"""

import datetime
import logging
import warnings

from cloudify_rest_client import CloudifyClient, exceptions

from drive import Drive

warnings.simplefilter("ignore")
drive = Drive("cloudify-common 7.0.5")
check, later = drive.check, drive.advance
SCHEME, _, ADDRESS = drive.base.partition("://")
HOST, _, PORT = ADDRESS.partition(":")


def connect(username=None, password=None, tenant="default_tenant", **more):
    """The client appends /api/v3.1 to host and port, so the port carries the prefix."""
    return CloudifyClient(
        host=HOST, port=PORT + "/cloudify", protocol=SCHEME, api_version="v3.1", username=username,
        password=password, tenant=tenant, kerberos_env=False, **more)


def ok(call, run, holds=lambda answer: True):
    """A call that answers, and what must hold of its answer."""
    def shown(answer):
        is_list = hasattr(answer, "items") and not isinstance(answer, dict)
        return "%d items" % len(answer) if is_list else answer
    return drive.call(call, run, holds, shown)


def refused(call, kind, status, run, text=""):
    """A call that the client must report as this kind of error."""
    return drive.refused(
        call, run, kind, lambda error: error.status_code == status and text in str(error),
        lambda error: "%s %s" % (error.status_code, error))


Error = exceptions.CloudifyClientError
logger = logging.getLogger("drive")

# ---- signing in --------------------------------------------------------------------------------------------------

admin = connect("admin", "admin")
ok("manager.get_version", lambda: admin.manager.get_version(), lambda v: v["edition"] == "community")
ok("manager.get_status", lambda: admin.manager.get_status(), lambda s: s["status"] == "OK")
ok("manager.get_config", lambda: admin.manager.get_config(), lambda c: {"default_page_size"} < {i.name for i in c})
token = ok("tokens.create", lambda: admin.tokens.create(description="drive", expiration="+10h"),
           lambda t: t.value.startswith("ctok-" + t.id) and t.role == "sys_admin" and t.expiration_date)
cf = connect(token=token.value)
ok("tokens.list", lambda: cf.tokens.list(description="drive"), lambda t: [x.value for x in t] == ["ctok-%s-********" % token.id])
ok("tokens.get", lambda: cf.tokens.get(token.id), lambda t: t.username == "admin" and t.last_used)
refused("tokens.get of none", Error, 404, lambda: cf.tokens.get("none"), "Could not find token none")
refused("tokens.create in the past", Error, 400, lambda: cf.tokens.create(expiration="2020-01-01 10:00"), "past")
spare = cf.tokens.create()
ok("tokens.delete", lambda: cf.tokens.delete(spare.id), lambda r: r is None)
refused("a deleted token", exceptions.UserUnauthorizedError, 401,
        lambda: connect(token=spare.value).executions.list(), "Unauthorized")
refused("a wrong password", exceptions.UserUnauthorizedError, 401,
        lambda: connect("admin", "wrong").executions.list(), "Wrong credentials")
refused("no tenant", exceptions.ForbiddenError, 403,
        lambda: connect("mona", "mona", tenant=None).executions.list(), "tenant not provided")
ok("tenants.list", lambda: cf.tenants.list(), lambda t: [x.name for x in t] == ["default_tenant", "osaka-edge"])
ok("tenants.get", lambda: cf.tenants.get("osaka-edge"), lambda t: t.users == 3)
ok("tenants.dump", lambda: list(cf.tenants.dump()), lambda d: len(d) == 2)
for name, run in [
        ("create", lambda: cf.tenants.create("x")), ("delete", lambda: cf.tenants.delete("x")),
        ("add_user", lambda: cf.tenants.add_user("mona", "osaka-edge", "user")),
        ("update_user", lambda: cf.tenants.update_user("mona", "osaka-edge", "user")),
        ("remove_user", lambda: cf.tenants.remove_user("mona", "osaka-edge")),
        ("add_user_group", lambda: cf.tenants.add_user_group("g", "osaka-edge", "user")),
        ("update_user_group", lambda: cf.tenants.update_user_group("g", "osaka-edge", "user")),
        ("remove_user_group", lambda: cf.tenants.remove_user_group("g", "osaka-edge"))]:
    refused("tenants." + name, Error, 404, run, "premium")
ok("users.get_self", lambda: cf.users.get_self(_get_data=True), lambda u: u.role == "sys_admin")
refused("users.list", Error, 404, cf.users.list, "premium")
refused("permissions.list of a manager", exceptions.UserUnauthorizedError, 401,
        connect("mona", "mona").permissions.list, "Only admin")
ok("permissions.list", lambda: cf.permissions.list(), lambda p: len(p) > 50)

# ---- deployments and what a start needs --------------------------------------------------------------------------

ok("deployments.list", lambda: cf.deployments.list(_include=["id", "workflows"], _get_data=True),
   lambda d: {"backup-vault", "db-core"} < {x.id for x in d})
ok("deployments.list with rules", lambda: cf.deployments.list(filter_rules=[
    {"key": "id", "values": ["edge-"], "operator": "starts_with", "type": "attribute"}]), lambda d: len(d) == 4)
refused("deployments.list with bad rules", exceptions.InvalidFilterRule, 400, lambda: cf.deployments.list(
    filter_rules=[{"key": "id", "values": [], "operator": "x", "type": "attribute"}]))
ok("deployments.get", lambda: cf.deployments.get("db-core"), lambda d: len(d["workflows"]) == 8)
refused("deployments.get of none", Error, 404, lambda: cf.deployments.get("none"), "`Deployment` with ID `none`")
ok("blueprints.list", lambda: cf.blueprints.list(_include=["id", "state"]), lambda b: len(b) >= 6)
ok("workflows.list", lambda: cf.workflows.list(id="db-core"), lambda w: "backup" in {x.name for x in w})
ok("deployment_groups.list", lambda: cf.deployment_groups.list(), lambda g: "calm" in {x["id"] for x in g})
ok("deployment_groups.put", lambda: cf.deployment_groups.put("drive", deployment_ids=["backup-vault", "edge-router-04"]),
   lambda g: g["deployment_ids"] == ["backup-vault", "edge-router-04"])
ok("deployment_groups.get", lambda: cf.deployment_groups.get("drive"), lambda g: g["id"] == "drive")
ok("deployment_groups.put of an empty one", lambda: cf.deployment_groups.put("good", deployment_ids=[]))
cf.deployment_groups.put("bad", deployment_ids=[])

# ---- executions --------------------------------------------------------------------------------------------------

ex = cf.executions
everything = ok("executions.list", lambda: ex.list(), lambda e: e.metadata.pagination.total == len(e) > 150)
ok("executions.list by status", lambda: ex.list(status=["failed", "cancelled"]),
   lambda e: {x.status for x in e} == {"failed", "cancelled"})
ok("executions.list sorted", lambda: ex.list(sort="created_at", is_descending=True, _size=5),
   lambda e: len(e) == 5 and e[0].created_at >= e[4].created_at)
ok("executions.list of a deployment", lambda: ex.list(deployment_id="db-core"),
   lambda e: {x.deployment_id for x in e} == {"db-core"})
ok("executions.list of all tenants", lambda: ex.list(_all_tenants=True, _include=["id", "tenant_name"]),
   lambda e: {x["tenant_name"] for x in e} == {"default_tenant", "osaka-edge"})
ok("executions.list with system workflows", lambda: ex.list(include_system_workflows=True), lambda e: len(e) > len(everything))
ok("executions.list of a group", lambda: ex.list(_group_id="group-running"), lambda e: len(e) == 5)
refused("executions.list by an unknown field", Error, 400, lambda: ex.list(foo=1), "do not exist")
refused("executions.list by a bad status", Error, 500, lambda: ex.list(status="foo"))
refused("executions.list of unknown fields", exceptions.NoSuchIncludeFieldError, 400, lambda: ex.list(_include=["x"]))
ok("executions.dump", lambda: list(ex.dump()), lambda d: len(d) > len(everything))
ok("summary.executions.get", lambda: cf.summary.executions.get("status"),
   lambda s: sum(x["executions"] for x in s) == len(everything))

started = ok("executions.start", lambda: ex.start("backup-vault", "backup", parameters={"target": "s3://x", "level": "7"}),
             lambda e: e.status == "pending" and e.parameters["level"] == 7)
refused("executions.start on a busy one", Error, 400, lambda: ex.start("backup-vault", "heal"), "Queue this one")
queued = ok("executions.start queued", lambda: ex.start("backup-vault", "heal", queue=True), lambda e: e.status == "queued")
ok("executions.should_start", lambda: ex.should_start(started.id), lambda r: r is True)
ok("executions.should_start while another runs", lambda: ex.should_start(queued.id), lambda r: r is False)
refused("executions.should_start as it really is", Error, 500, lambda: ex.should_start("should-start-fail-500"))
later(4)
ok("executions.get", lambda: ex.get(started.id), lambda e: e.status == "started" and e.total_operations > 5)
ok("executions.get of a few fields", lambda: ex.get(started.id, _include=["status"]), lambda e: e == {"status": "started"})
refused("executions.get of none", Error, 404, lambda: ex.get("none"), "`Execution` with ID `none` was not found")
ok("executions.cancel", lambda: ex.cancel(started.id), lambda e: e.status == "cancelling")
refused("executions.cancel twice", Error, 400, lambda: ex.cancel(started.id), "because it's in status cancelling")
ok("executions.cancel by force", lambda: ex.cancel(started.id, force=True), lambda e: e.status == "force_cancelling")
ok("executions.cancel by killing", lambda: ex.cancel(started.id, kill=True), lambda e: e.status == "kill_cancelling")
later(2)
check("it is cancelled, and the queued one runs", ex.get(started.id).status == "cancelled"
      and ex.get(queued.id).status == "pending")
ok("executions.requeue, which cancels", lambda: ex.requeue(queued.id), lambda e: e.status == "cancelling")
later(3)
ok("executions.resume", lambda: ex.resume(started.id), lambda e: e.status == "pending" and e["resume"])
refused("executions.resume twice", Error, 409, lambda: ex.resume(started.id), "Cannot resume execution")
later(200)
check("it ran to its end", ex.get(started.id).status_display == "completed")
refused("executions.resume by force", Error, 409, lambda: ex.resume(started.id, force=True), "Cannot force-resume")
failing = ex.start("backup-vault", "execute_operation", parameters={"operation": "fail"})
later(60)
failed = ok("an execution that fails", lambda: ex.get(failing.id), lambda e: e.status == "failed" and "Traceback" in e.error)
ok("executions.resume of a failed one by force", lambda: ex.resume(failing.id, force=True), lambda e: e.status == "pending")
later(120)
check("finished may exceed total", ex.get(failing.id).finished_operations > ex.get(failing.id).total_operations)

for name, kind, run, text in [
        ("unknown deployment", Error, lambda: ex.start("none", "heal"), "`Deployment`"),
        ("unknown workflow", Error, lambda: ex.start("backup-vault", "none"), "does not exist in the deployment"),
        ("missing parameter", exceptions.IllegalExecutionParametersError,
         lambda: ex.start("backup-vault", "backup"), "to execute: target"),
        ("undeclared parameter", exceptions.IllegalExecutionParametersError,
         lambda: ex.start("backup-vault", "backup", parameters={"zzz": 1}), "parameters declared: zzz"),
        ("constraint", exceptions.IllegalExecutionParametersError,
         lambda: ex.start("backup-vault", "backup", parameters={"target": "s3://x", "level": 99}), "in_range(1, 9)"),
        ("unavailable workflow", Error, lambda: ex.start("backup-vault", "install"), "not available"),
        ("dependants", Error, lambda: ex.start("shared-dns", "heal"), "depend on it"),
        ("environment in creation", exceptions.DeploymentEnvironmentCreationInProgressError,
         lambda: ex.start("site-kobe-noworker", "heal"), "being created")]:
    refused("executions.start: " + name, kind, 404 if name == "unknown deployment" else 400, run, text)
ok("executions.start with custom parameters", lambda: ex.start("backup-vault", "heal", parameters={"zzz": 1},
   allow_custom_parameters=True, dry_run=True), lambda e: e.parameters["zzz"] == 1 and e.is_dry_run)
later(60)
ok("executions.start by schedule", lambda: ex.start("backup-vault", "heal", schedule="209901010000+0000"),
   lambda e: e.id is None and e.status == "scheduled")
ok("execution_schedules.list", lambda: cf.execution_schedules.list(), lambda s: s[0]["deployment_id"] == "backup-vault")

made = ok("executions.create with a forced status", lambda: ex.create(
    "backup-vault", "heal", force_status="failed", execution_id="by hand", error="told so", created_by="mona",
    created_at="2020-01-01T00:00:00Z"), lambda e: e.status == "failed" and e.created_by == "mona")
refused("executions.create of it again", Error, 409, lambda: ex.create(
    "backup-vault", "heal", force_status="failed", execution_id="by hand"), "already exists")
refused("executions.create by a manager", exceptions.ForbiddenError, 403, lambda: connect(
    "mona", "mona").executions.create("backup-vault", "heal", force_status="failed"), "set_execution_details")
refused("executions.cancel by a viewer", exceptions.ForbiddenError, 403,
        lambda: connect("victor", "victor").executions.cancel("by hand"), "execution_cancel")
refused("executions.update to an illegal status", exceptions.InvalidExecutionUpdateStatus, 400,
        lambda: ex.update("by hand", "started"), "from failed to started")
refused("executions.update to nonsense", Error, 409, lambda: ex.update("by hand", "BANANA"), "SQL")
ok("executions.update", lambda: ex.update("by hand", "failed", error="anew"), lambda e: e.error == "anew")
dumped = list(ex.dump(execution_ids=["by hand"]))
ok("executions.delete by id", lambda: ex.delete(id="by hand"), lambda count: count == 1)
ok("executions.restore", lambda: ex.restore(dumped, logger),
   lambda r: ex.get("by hand").error == "anew")
ok("executions.delete by date", lambda: ex.delete(to_datetime=datetime.datetime(2021, 1, 1)), lambda count: count == 1)
ok("executions.delete of old ones", lambda: ex.delete(keep_last=3, deployment_id="shared-dns"), lambda count: count > 5)
ok("executions.delete keeping too many", lambda: ex.delete(keep_last=999, deployment_id="shared-dns"), lambda count: count == 1)
refused("executions.delete by status", Error, 400, lambda: ex.delete(status="failed"), "no filter here")

# ---- tasks graphs and operations ---------------------------------------------------------------------------------

gr, op = cf.tasks_graphs, cf.operations
graphs = ok("tasks_graphs.list", lambda: gr.list(started.id), lambda g: [x.name for x in g] == ["backup"])
ok("tasks_graphs.list by name", lambda: gr.list(started.id, name="other"), lambda g: len(g) == 0)
refused("tasks_graphs.list of none", Error, 404, lambda: gr.list("none"), "`Execution`")
graph = ok("tasks_graphs.create", lambda: gr.create(started.id, "drive", [
    {"id": "d1", "name": "one", "type": "SubgraphTask", "dependencies": [], "parameters": {}}], graph_id="drive"),
    lambda g: g.id == "drive" and g.execution == started.id)
refused("tasks_graphs.create again", Error, 409, lambda: gr.create(started.id, "drive", []), "exists already")
refused("tasks_graphs.update", Error, 500, lambda: gr.update("drive", "done"))
ok("operations.list of a graph", lambda: op.list(graph_id="drive"), lambda o: [x.id for x in o] == ["d1"])
ok("operations.list of an execution", lambda: op.list(execution_id=started.id, skip_internal=True),
   lambda o: {x.type for x in o} == {"SubgraphTask", "RemoteWorkflowTask"})
ok("operations.list by state", lambda: op.list(execution_id=started.id, state="succeeded", _size=2, _offset=1),
   lambda o: len(o) == 2 and {x.state for x in o} == {"succeeded"})
refused("operations.list of nothing", Error, 400, op.list, "graph_id or execution_id")
ok("operations.create", lambda: op.create("d2", "drive", "two", "RemoteWorkflowTask", {"containing_subgraph": "d1"}, ["d1"]),
   lambda o: o.state == "pending" and o.containing_subgraph == "d1")
ok("operations.get", lambda: op.get("d2"), lambda o: o.tasks_graph_id == "drive" and o.dependencies == ["d1"])
ok("operations.update", lambda: op.update("d2", "started", agent_name="agent-7"),
   lambda r: r is None and op.get("d2").state == "started" and op.get("d2")["agent_name"] == "agent-7")
op.create("d2", "drive", "two", "RemoteWorkflowTask", {}, [])
refused("operations.get of two", Error, 409, lambda: op.get("d2"), "ambiguous")
ok("operations._update_operation_inputs", lambda: op._update_operation_inputs("db-core", "n", "o", "operations"))
dumped = ok("operations.dump", lambda: list(op.dump(execution_ids=[started.id])), lambda d: {"d1", "d2"} < {x["__entity"]["id"] for x in d})
kept = {started.id: [x["__entity"] for x in dumped]}
ok("tasks_graphs.dump", lambda: list(gr.dump([started.id], kept)), lambda d: len(d) == 2)
copy = [dict(name="copy", id="copied", created_at="2020-01-01T00:00:00.000Z")]
ok("tasks_graphs.restore", lambda: gr.restore(copy, logger, started.id), lambda r: len(gr.list(started.id)) == 3)
ok("operations.delete", lambda: op.delete("d1"), lambda r: r is None)
refused("operations.delete again", Error, 404, lambda: op.delete("d1"), "`Operation` with ID `d1`")
refused("operations.delete as it really is", Error, 500, lambda: op.delete("op-delete-500"))
refused("and yet it is deleted", Error, 404, lambda: op.get("op-delete-500"))
viewer = connect("victor", "victor")
ok("operations.update by a viewer", lambda: viewer.operations.update("op-failed", "succeeded"))

# ---- execution groups --------------------------------------------------------------------------------------------

eg = cf.execution_groups
ok("execution_groups.list", lambda: eg.list(), lambda g: len(g) >= 4 and {x.status for x in g} == {None})
ok("execution_groups.list with data", lambda: eg.list(_get_data=True, id="group-unwell"), lambda g: g[0].status == "failed")
ok("execution_groups.get", lambda: eg.get("group-running", _include=["status", "execution_ids"]),
   lambda g: len(g.execution_ids) == 5)
refused("execution_groups.get of none", Error, 404, lambda: eg.get("none"), "`ExecutionGroup` with ID `none`")
group = ok("execution_groups.start", lambda: eg.start("drive", "heal", concurrency=1), lambda g: len(g.execution_ids) == 2)
ok("execution_groups.set_target_group", lambda: eg.set_target_group(group.id, success_group="good", failed_group="bad"),
   lambda g: g.id == group.id)
refused("execution_groups.set_target_group to none", Error, 404, lambda: eg.set_target_group(group.id, "none"))
ok("execution_groups.set_concurrency", lambda: eg.set_concurrency(group.id, 2), lambda g: g.concurrency == 2)
refused("execution_groups.set_concurrency to text", Error, 400,
        lambda: eg.set_concurrency(group.id, "2"), "nonnegative number, but got: 2")
check("both run now", {x.status for x in ex.list(_group_id=group.id)} == {"pending"})
later(5)
ok("execution_groups.cancel", lambda: eg.cancel(group.id), lambda g: g.status is None)
refused("execution_groups.cancel twice", Error, 400, lambda: eg.cancel(group.id), "Can't cancel execution")
ok("execution_groups.cancel by force", lambda: eg.cancel(group.id, force=True))
ok("execution_groups.cancel by killing", lambda: eg.cancel(group.id, kill=True))
later(3)
check("an entirely cancelled group reads terminated", eg.get(group.id).status == "terminated")
refused("execution_groups.cancel of an ended one", Error, 404, lambda: eg.cancel(group.id), "`Execution` [] was")
ok("execution_groups.resume", lambda: eg.resume(group.id))
later(200)
check("all members ended well", eg.get(group.id).status == "terminated")
check("and joined the target group",
      set(cf.deployment_groups.get("good")["deployment_ids"]) == {"backup-vault", "edge-router-04"})
ok("execution_groups.resume by force", lambda: eg.resume(group.id, force=True))
refused("execution_groups.cancel of a waiting one", Error, 404, lambda: eg.cancel("group-paused"), "`Execution` []")
check("though it was done", {x.status for x in ex.list(_group_id="group-paused")} == {"cancelled"})
refused("execution_groups.start with bad parameters", exceptions.IllegalExecutionParametersError, 400,
        lambda: eg.start("drive", "heal", default_parameters={"zzz": 1}))
ok("execution_groups.start of no workflow", lambda: eg.start("drive", "none"), lambda g: g.execution_ids == [])
check("its orphans have no status", {x.status for x in ex.list(workflow_id="none")} == {None})
ok("execution_groups.create", lambda: eg.create("drive", "heal", [started.id], id="restored"),
   lambda g: g.execution_ids == [started.id])
dumped = ok("execution_groups.dump", lambda: list(eg.dump(["group-patched"])), lambda d: len(d) == 1 and len(d[0]["execution_ids"]) == 3)
for entity in dumped:
    entity["id"] = "copied"
ok("execution_groups.restore", lambda: eg.restore(dumped, logger),
   lambda r: len(eg.get("copied").execution_ids) == 3)

# ---- events ------------------------------------------------------------------------------------------------------

ev = cf.events
ok("events.list", lambda: ev.list(execution_id=failing.id), lambda e: {x["type"] for x in e} == {"cloudify_event"})
both = ok("events.list with logs", lambda: ev.list(include_logs=True, execution_id=failing.id, sort="-timestamp"),
          lambda e: {x["type"] for x in e} == {"cloudify_event", "cloudify_log"})
ok("events.list by message", lambda: ev.list(execution_id=failing.id, message="task failed%"),
   lambda e: e[0]["error_causes"][0]["traceback"].startswith("Traceback"))
middle = both[len(both) // 2]["timestamp"]
ok("events.list of a time", lambda: ev.list(include_logs=True, execution_id=failing.id, from_datetime=middle),
   lambda e: 0 < len(e) < len(both) and min(x["timestamp"] for x in e) == middle)
ok("events.list until a time", lambda: ev.list(include_logs=True, execution_id=failing.id, to_datetime=middle),
   lambda e: 0 < len(e) < len(both) and max(x["timestamp"] for x in e) < middle)
ok("events.list of a group", lambda: ev.list(execution_group_id=group.id),
   lambda e: {x["event_type"] for x in e} == {"execution_state_change"})
refused("events.list by an unknown field", Error, 400, lambda: ev.list(foo=1), "Unknown field to filter by: foo")
ok("events.get", lambda: ev.get(failing.id, from_event=2, batch_size=3),
   lambda answer: len(answer[0]) == 3 and answer[1] > 10)
ok("events.create", lambda: ev.create(events=[{"event_type": "drive", "message": {"text": "hello"}, "context": {}}],
   logs=[{"level": "info", "logger": "x", "message": {"text": "there"}, "context": {}}], execution_id=failing.id),
   lambda r: r is None and ev.list(event_type="drive")[0]["message"] == "hello")
ok("events.create of nothing", lambda: ev.create(events=[], logs=[], execution_id=failing.id))
refused("events.create for nobody", Error, 409, lambda: ev.create(events=[{"message": {"text": "x"}}]))
dumped = ok("events.dump", lambda: list(ev.dump(execution_ids=[failing.id], include_logs=True)),
            lambda d: len(d) == len(both) + 2)
many = len(ev.list(include_logs=True, execution_id=started.id))
ok("events.restore", lambda: ev.restore([dict(x["__entity"]) for x in dumped], logger, "executions", started.id),
   lambda r: len(ev.list(include_logs=True, execution_id=started.id)) == many + len(dumped))
ok("events.delete", lambda: ev.delete("backup-vault", include_logs=True), lambda e: e[0] > len(both))
ok("events.list after it", lambda: ev.list(include_logs=True, deployment_id="backup-vault"), lambda e: len(e) == 0)

# ---- maintenance, faults and the end of a session ----------------------------------------------------------------

mm = cf.maintenance_mode
ok("maintenance_mode.status", lambda: mm.status(), lambda m: m.status == "deactivated")
refused("maintenance_mode.activate by a viewer", exceptions.ForbiddenError, 403, viewer.maintenance_mode.activate)
ok("maintenance_mode.activate", lambda: mm.activate(), lambda m: m.status == "activated" and m.requested_by == "admin")
refused("maintenance_mode.activate again", exceptions.NotModifiedError, 304, mm.activate)
refused("executions.list under maintenance", exceptions.MaintenanceModeActiveError, 503, ex.list)
ok("maintenance_mode.deactivate", lambda: mm.deactivate(), lambda m: m.status == "deactivated")
refused("an HTML answer", Error, 404, lambda: cf._client.get("/nothing"), "404")
refused("a wrong verb", Error, 405, lambda: cf._client.delete("/executions/x"), "405")
drive.lever("fault?kind=html")
refused("a gateway's page", Error, 502, ex.list, "502")
drive.lever("fault?kind=503")
refused("an overloaded server", exceptions.MaintenanceModeActiveError, 503, ex.list)
ok("execution of another tenant", lambda: connect("mona", "mona", tenant="osaka-edge").executions.list(_size=3),
   lambda e: {x["tenant_name"] for x in e} == {"osaka-edge"})
short = connect("shorty", "shorty").tokens.create(expiration="+10h")
brief = connect(token=short.value)
ok("a short token", lambda: brief.executions.list(_size=1), lambda e: len(e) == 1)
later(121)
refused("two minutes later", exceptions.UserUnauthorizedError, 401, brief.executions.list, "Token is expired")
cf.tokens.delete(token.id)
refused("after signing out", exceptions.UserUnauthorizedError, 401, ex.list, "Unauthorized")

drive.end()
