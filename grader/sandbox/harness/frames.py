"""One frame on the session's socket: kind, number, length, then `length` bytes that hold one wire value.

judge -> child   OPEN limits   SOURCE [solution, support, modules]   CALL [name, args, kwargs, seed]   ANSWER [True, value]
child -> judge   READY locked down   LOADED   VALUE   ERROR [type, message, line, file]   QUESTION [number, args]

A CALL of None only seeds the generators. Every frame of the child carries the number of the request it belongs to. After READY nothing it sends is trusted.
"""

import struct

HEADER = struct.Struct("<cII")

OPEN, SOURCE, CALL, ANSWER = b"O", b"S", b"C", b"A"
READY, LOADED, VALUE, ERROR, QUESTION = b"R", b"K", b"V", b"E", b"Q"
