// A certificate for loopback that nobody has signed but itself, made anew in each run: RFC 5280 in as few bytes as will do.

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BITS = 0x03;
const BYTES = 0x04;
const OBJECT = 0x06;
const UTF8 = 0x0c;
const UTC = 0x17;

function der(tag, ...contents) {
  const content = Buffer.concat(contents.map((one) => Buffer.from(one)));
  if (content.length < 128) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length);
  return Buffer.concat([Buffer.of(tag, 0x82), length, content]);
}

const name = (text) => der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT, [0x55, 4, 3]), der(UTF8, text))));
const time = (year) => der(UTC, `${String(year % 100).padStart(2, "0")}0101000000Z`);

/** A key and a certificate, both as PEM: an authority of its own, good for 127.0.0.1 and no other name. */
export function certificate() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, der(OBJECT, [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])); // ecdsa-with-SHA256
  const address = der(SEQUENCE, der(0x87, [127, 0, 0, 1])); // an IP address among the subject's other names
  const authority = der(SEQUENCE, der(0x01, [0xff]));
  const extension = (id, value) => der(SEQUENCE, der(OBJECT, [0x55, 0x1d, id]), der(BYTES, value));
  const year = new Date().getUTCFullYear();
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, [2])), // version 3
    der(INTEGER, [1], randomBytes(8)),
    algorithm,
    name("square-oauth test"),
    der(SEQUENCE, time(year - 1), time(year + 2)),
    name("square-oauth test"),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(SEQUENCE, extension(0x13, authority), extension(0x11, address))),
  );
  const whole = der(SEQUENCE, body, algorithm, der(BITS, [0], sign("sha256", body, privateKey)));
  const lines = whole.toString("base64").match(/.{1,64}/g).join("\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
