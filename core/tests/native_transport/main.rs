//! The native transport over real sockets on loopback.
