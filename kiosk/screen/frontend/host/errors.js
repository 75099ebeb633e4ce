// The two ways in which a host has no good news.

/** What the kiosk said that a person can read. */
export class ErrorReply extends Error {}

/** No reply has come. */
export class Away extends Error {}
