"""Each a module with `Client(address)`, whose `call()` brings an access token.

Where `ASYNC` is said, `call` is a coroutine function, and the client is made in a running loop.
"""
