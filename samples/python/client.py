"""Watches PEER, lets PEER watch back, sends one text and waits for one, over gRPC. See ../README.md."""
import base64
import sys
import threading

import grpc
from presence.v1 import access_pb2, messages_pb2, presence_pb2, presence_pb2_grpc

if len(sys.argv) != 6:
    sys.exit('usage: python3 client.py HOST:PORT USER PASSWORD PEER "text to send"')
server, user, password, peer, text = sys.argv[1:]
credentials = [("authorization", "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())]
presence = presence_pb2_grpc.PresenceStub(grpc.insecure_channel(server))


def send():
    message = messages_pb2.SendRequest(to=[peer], message_id="m1", body=text.encode())
    presence.SendMessage(message, metadata=credentials)


def watch():
    """Prints each status of the peer; sends the text when he is online for the first time."""
    sent = False
    for update in presence.WatchPresence(
            presence_pb2.WatchPresenceRequest(places=[f"{peer}/status"]), metadata=credentials):
        if update.change.value:
            print(f"{peer} is {update.change.value}", flush=True)
        if update.change.value == "online" and not sent:
            send()
            sent = True
            seen.set()


seen = threading.Event()
presence.Approve(access_pb2.ApproveRequest(who=peer), metadata=credentials)
# As long as this call runs the user is online, and messages come.
messages = presence.ReceiveMessages(presence_pb2.ReceiveMessagesRequest(endpoint="python"), metadata=credentials)
next(messages)
threading.Thread(target=watch, daemon=True).start()
for received in messages:
    if getattr(received.message, "from") == peer:  # a field may be named as a word of Python
        print(f"{peer}: {received.message.body.decode()}", flush=True)
        presence.AckMessages(presence_pb2.AckMessagesRequest(cursor=received.cursor), metadata=credentials)
        break
seen.wait()
messages.cancel()
