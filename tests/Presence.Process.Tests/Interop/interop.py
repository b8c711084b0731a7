"""Tries a node with Debian's python3-grpcio. Prints "ok NAME" a check; any other end is a failure.

usage: interop.py HOST:PORT STUBS ADMIN-TOKEN, where STUBS is a folder that protoc has filled, and alice (password
wonderland) and bob (builder) exist and take bodies of 4 MiB.
"""
import base64
import queue
import sys
import uuid

import grpc

server, stubs, token = sys.argv[1:4]
sys.path.insert(0, stubs)
import known_pb2 as known  # noqa: E402
from presence.v1 import access_pb2, admin_pb2, admin_pb2_grpc, frames_pb2, messages_pb2  # noqa: E402
from presence.v1 import presence_pb2 as pb, presence_pb2_grpc, properties_pb2, session_pb2  # noqa: E402

MIB = 1024 * 1024
RUN = uuid.uuid4().hex
PATIENCE = 30
STATUS = grpc.StatusCode


def basic(name, password):
    return (("authorization", "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()),)


alice, bob = basic("alice@localhost", "wonderland"), basic("bob@localhost", "builder")
admin = (("authorization", "Bearer " + token),)
channel = grpc.insecure_channel(server, options=[("grpc.max_receive_message_length", 8 * MIB)])
presence = presence_pb2_grpc.PresenceStub(channel)
operator = admin_pb2_grpc.AdminStub(channel)


def refused(call):
    """The error with which a call ends."""
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("it was not refused")


def details(error):
    """The google.rpc.ErrorInfo of an error."""
    packed = dict(error.trailing_metadata())["grpc-status-details-bin"]
    status = known.Status.FromString(packed)
    assert status.code == error.code().value[0] and status.message == error.details(), status
    info = known.ErrorInfo.FromString(status.details[0].value)
    assert status.details[0].type_url.endswith("google.rpc.ErrorInfo") and info.domain == "pip", status
    return info


def sessions(user):
    """The sessions of a user that have a connection."""
    listed = operator.ListSessions(admin_pb2.ListSessionsRequest(user=user), metadata=admin, timeout=PATIENCE)
    return [session for session in listed if not session.parked]


def until(condition):
    """Asks again and again, for what the node notices a moment later; every answer is a round trip."""
    for _ in range(10_000):
        if condition():
            return
    raise AssertionError("it did not come")


def acknowledge(user, received):
    """Takes all messages up to this one: what is not taken is offered to the next endpoint."""
    presence.AckMessages(pb.AckMessagesRequest(cursor=received.cursor), metadata=user, timeout=PATIENCE)


class Session:
    """A bidirectional stream whose requests are put one by one."""

    def __init__(self, metadata):
        self.requests = queue.SimpleQueue()
        self.call = presence.Session(iter(self.requests.get, None), metadata=metadata, timeout=PATIENCE)

    def ask(self, **frame):
        self.requests.put(frames_pb2.ClientFrame(**frame))
        return next(f.response for f in self.call if f.HasField("response"))

    def end(self):
        self.requests.put(None)


def unary_calls():
    presence.Approve(access_pb2.ApproveRequest(who="bob@localhost"), metadata=alice, timeout=PATIENCE)
    presence.Approve(access_pb2.ApproveRequest(who="alice@localhost"), metadata=bob, timeout=PATIENCE)
    presence.SetStatus(pb.SetStatusRequest(status="away", note="tea"), metadata=alice, timeout=PATIENCE)
    told = presence.GetPresence(
        pb.GetPresenceRequest(addresses=["alice@localhost", "bob@elsewhere.example"]), metadata=bob, timeout=PATIENCE)
    assert [p.status for p in told.presence] == ["away", ""] and told.presence[1].code == 502, told


def server_streaming():
    watch = presence.WatchPresence(
        pb.WatchPresenceRequest(places=["alice@localhost/status"]), metadata=bob, timeout=PATIENCE)
    values = (u.change.value for u in watch if u.HasField("change"))
    assert next(values) == "away"
    presence.SetStatus(pb.SetStatusRequest(status="busy"), metadata=alice, timeout=PATIENCE)
    assert next(values) == "busy"
    watch.cancel()


def client_streaming():
    inbox = presence.ReceiveMessages(pb.ReceiveMessagesRequest(endpoint="many"), metadata=bob, timeout=PATIENCE)
    assert next(inbox).ready.endpoint == "many"
    sent = [messages_pb2.SendRequest(to=["bob@localhost"], message_id=f"{RUN}-{i}", body=b"%d" % i) for i in range(20)]
    sent.append(messages_pb2.SendRequest(to=["nobody@elsewhere.example"], message_id="lost", body=b"?"))
    result = presence.SendMessages(iter(sent), metadata=alice, timeout=PATIENCE)
    assert [o.code for o in result.outcomes] == [202] * 20 + [502], result
    received = [next(inbox) for _ in range(20)]
    assert [r.message.body for r in received] == [b"%d" % i for i in range(20)]
    acknowledge(bob, received[-1])
    inbox.cancel()


def bidirectional_streaming():
    session = Session(alice)
    assert next(session.call).response.code == 220
    bound = session.ask(tag=1, bind=session_pb2.BindRequest(endpoint="desk", show="online"))
    assert bound.code == 200 and bound.bind.session, bound
    assert session.ask(tag=1, ping=session_pb2.PingRequest()).code == 200
    session.requests.put(frames_pb2.ClientFrame(tag=2, quit=session_pb2.QuitRequest()))
    assert [f.response.code for f in session.call] == [221]
    session.end()
    assert session.call.code() == STATUS.OK


def deadlines():
    watch = presence.WatchPresence(pb.WatchPresenceRequest(places=["alice@localhost"]), metadata=bob, timeout=0.5)
    assert refused(lambda: list(watch)).code() == STATUS.DEADLINE_EXCEEDED
    until(lambda: not sessions("bob@localhost"))
    assert refused(lambda: presence.GetProperty(properties_pb2.GetRequest(), metadata=bob, timeout=0.0001)).code() \
        == STATUS.DEADLINE_EXCEEDED
    assert presence.GetProperty(properties_pb2.GetRequest(), metadata=bob, timeout=PATIENCE).code == 200


def cancellation():
    watch = presence.WatchPresence(pb.WatchPresenceRequest(places=["alice@localhost"]), metadata=bob, timeout=PATIENCE)
    next(watch)
    assert len(sessions("bob@localhost")) == 1
    watch.cancel()
    assert refused(lambda: list(watch)).code() == STATUS.CANCELLED
    until(lambda: not sessions("bob@localhost"))


def large_messages():
    inbox = presence.ReceiveMessages(pb.ReceiveMessagesRequest(endpoint="large"), metadata=bob, timeout=PATIENCE)
    next(inbox)
    body = bytes(range(256)) * (4 * MIB // 256)
    sent = presence.SendMessage(
        messages_pb2.SendRequest(to=["bob@localhost"], message_id=RUN + "-large", type="application/octet-stream", body=body),
        metadata=alice, timeout=PATIENCE)
    received = next(inbox)
    assert sent.code == 202 and received.message.body == body
    acknowledge(bob, received)
    inbox.cancel()
    for body in (bytes(4 * MIB + 1), bytes(6 * MIB)):
        request = messages_pb2.SendRequest(to=["bob@localhost"], message_id=RUN + "-over", body=body)
        error = refused(lambda: presence.SendMessage(request, metadata=alice, timeout=PATIENCE))
        assert error.code() == STATUS.RESOURCE_EXHAUSTED, error


def metadata():
    answer, call = presence.GetProperty.with_call(
        properties_pb2.GetRequest(), timeout=PATIENCE,
        metadata=alice + (("x-trace", "7"), ("x-octets-bin", bytes(range(256)))))
    assert answer.code == 200 and call.code() == STATUS.OK
    assert dict(call.initial_metadata()).get("date"), call.initial_metadata()
    large = presence.GetProperty(
        properties_pb2.GetRequest(), metadata=alice, timeout=PATIENCE, compression=grpc.Compression.Gzip)
    assert large.code == 200


def error_details():
    wrong = [refused(lambda: presence.GetProperty(properties_pb2.GetRequest(), metadata=m, timeout=PATIENCE))
             for m in (basic("alice@localhost", "wrong"), basic("nobody@localhost", "x"), admin)]
    assert {(e.code(), e.details()) for e in wrong} == {(STATUS.UNAUTHENTICATED, "435 auth-failed")}, wrong
    assert details(wrong[0]).reason == "auth-failed" and details(wrong[0]).metadata["code"] == "435"
    request = properties_pb2.SetRequest(place="~/note", value="x", if_version=1)
    error = refused(lambda: presence.SetProperty(request, metadata=alice, timeout=PATIENCE))
    info = details(error)
    assert error.code() == STATUS.ABORTED and (info.reason, info.metadata["code"]) == ("version-mismatch", "412"), info
    assert int(info.metadata["ver"]) > 1, info


def reflection():
    ask = channel.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        known.ReflectionRequest.SerializeToString, known.ReflectionAnswer.FromString)
    listed, described = ask(iter([known.ReflectionRequest(list_services="*"),
                                  known.ReflectionRequest(file_containing_symbol="presence.v1.Presence")]),
                            timeout=PATIENCE)
    names = [service.name for service in listed.services.service]
    assert {"presence.v1.Presence", "presence.v1.Admin", "grpc.health.v1.Health"} <= set(names), names
    assert any(b"presence/v1/presence.proto" in file for file in described.files.file)


def health():
    check = channel.unary_unary(
        "/grpc.health.v1.Health/Check", known.HealthRequest.SerializeToString, known.HealthAnswer.FromString)
    assert check(known.HealthRequest(), timeout=PATIENCE).status == 1
    watch = channel.unary_stream(
        "/grpc.health.v1.Health/Watch", known.HealthRequest.SerializeToString, known.HealthAnswer.FromString)
    watching = watch(known.HealthRequest(), timeout=PATIENCE)
    assert next(watching).status == 1
    watching.cancel()


def administration():
    session = Session(bob)
    next(session.call)
    session.ask(tag=1, bind=session_pb2.BindRequest(endpoint="kicked"))
    assert [s.transport for s in sessions("bob@localhost")] == ["grpc"]
    assert operator.Kick(admin_pb2.KickRequest(user="bob@localhost", endpoint="kicked"), metadata=admin).count == 1
    error = refused(lambda: list(session.call))
    session.end()
    assert (error.code(), details(error).reason) == (STATUS.ABORTED, "deactivated"), error
    stranger = refused(lambda: operator.Kick(admin_pb2.KickRequest(user="bob@localhost"), metadata=alice, timeout=PATIENCE))
    assert stranger.code() == STATUS.UNAUTHENTICATED


for check in (unary_calls, server_streaming, client_streaming, bidirectional_streaming, deadlines, cancellation,
              large_messages, metadata, error_details, reflection, health, administration):
    check()
    print("ok", check.__name__.replace("_", "-"), flush=True)
