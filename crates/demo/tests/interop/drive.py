"""What every drive of a vendor's client has in common: calls are made, said and counted, and the first one that does
not do as it should ends the drive. Loads on Python 3.6 and newer.
"""

import sys
import urllib.request


class Drive:
    """One client against the demo whose address is the only argument."""

    def __init__(self, client):
        self.client = client
        self.base = sys.argv[1].rstrip("/")
        self.held = 0

    def check(self, what, holds):
        if not holds:
            sys.exit("%s: does not hold: %s" % (self.client, what))
        self.held += 1

    def say(self, call, result):
        text = " ".join(str(result).split())
        print("%s | %s | %s" % (self.client, call, text[:150]))

    def call(self, name, function, holds=lambda answer: True, shown=lambda answer: answer):
        """Calls, says and checks; returns what the client made of the answer."""
        try:
            answer = function()
        except Exception as error:  # every client has roots of its own
            sys.exit("%s: %s raised %s: %s" % (self.client, name, type(error).__name__, error))
        self.say(name, shown(answer))
        self.check("%s answered %r" % (name, shown(answer)), holds(answer))
        return answer

    def refused(self, name, function, kind, holds=lambda error: True, shown=str):
        """Calls what the server must refuse, and checks which error the client makes of it."""
        try:
            answer = function()
        except Exception as error:
            self.say(name, "%s: %s" % (type(error).__name__, shown(error)))
            self.check("%s raised %s: %s" % (name, type(error).__name__, error),
                       isinstance(error, kind) and holds(error))
            return error
        return sys.exit("%s: %s was not refused, but answered %r" % (self.client, name, answer))

    def lever(self, target):
        """Pulls one of the demo's levers, such as clock?advance_ms=5000."""
        request = urllib.request.Request("%s/demo/%s" % (self.base, target), method="POST")
        with urllib.request.urlopen(request) as answer:
            self.check("the demo takes orders (start it with --speed 0)", answer.status == 200)

    def advance(self, seconds):
        self.lever("clock?advance_ms=%d" % (seconds * 1000))

    def end(self):
        print("%s: %d checks held" % (self.client, self.held))
