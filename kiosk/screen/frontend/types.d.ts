// What crosses from room to room. For the checker of types alone: no browser gets this file.

/** One page, as the others must know it. */
export interface PageInfo {
  title: string;
  colour: string;
  /** The page before it in its part; "": it is the first. */
  before?: string;
  /** The page after it; "": it is the last. */
  next: string;
  /** Whether it is a survey ... */
  survey?: boolean;
  /** ... and how many questions that has. */
  questions?: number;
  /** Whether nothing takes answers here: then none is kept, and nobody is told that it is. */
  only_shown?: boolean;
}

export interface Language {
  code: string;
  dir: string;
  /** All letters that it needs. */
  letters: string;
}

/** What the screen must know of its site, in one language. */
export interface Site {
  version: string;
  language: string;
  /** The first one is the language of every visit's begin. */
  languages: Language[];
  /** What the site is called, with the language that this is in. */
  name: { textContent: string; lang: string; dir: string };
  /** The language of the words around a page. */
  around: { lang: string; dir: string };
  pages: Record<string, PageInfo>;
  /** The texts of the interface. */
  words: Record<string, string>;
  /** Those of them that can be said, in the order of their narration. */
  spoken: string[];
  /** How many voices there are to choose from in this language: 1 is no choice. */
  voices: number;
  /** The clock of a visit. null: it is a person's own phone, which nobody else waits for. */
  visit: { idle_seconds: number; answer_seconds: number; attract_seconds: number } | null;
  keypad: Keypad;
  switch: { seconds: number; sound: boolean };
  /** Of a copy: how fast its clips, which are spoken at normal speed, are played at each speed. */
  rates?: Record<Speed, number>;
  /** Of a copy: the address of the kiosk that takes its answers. Without it nobody does. */
  answers?: string;
}

/** What a key does -> the keys that do it. */
export type Keypad = Record<string, string[]>;

/** The HTML of every page. */
export type Html = Record<string, string>;

/** A site with its pages, as a host gives it: all that there are, or those that were asked for by now. */
export type Pages = Site & { html: Html };

/** First character, end (both in characters), starts at, ends at (both in seconds). */
export type Word = [number, number, number, number];

/** One sentence as sound. */
export interface Clip {
  text: string;
  file: string;
  seconds: number;
  words: Word[];
  /** How fast it is played: 1 without. Times are those of the sound at 1. */
  pace?: number;
  /** The times of its words are not known: the whole sentence is lit. */
  whole?: boolean;
}

export type Which = "first" | "second";

export type Speed = "normal" | "slow" | "quick";

/** A stretch to say: of the page that is open, by its place there, or a word of the interface. */
export interface Part {
  page?: number;
  word?: string;
  /** It is framed and lit where it stands. */
  lit?: boolean;
}

/** What a person can answer: a choice or some, words, or picture -> place. */
export type Given = string | string[] | Record<string, string>;

/** By question. */
export type Answers = Record<string, Given>;

/** By question: recorded voices. */
export type Voices = Record<string, Blob>;

/** An answer as it is posted. A voice stands in `answers` by the name that the kiosk gave to it. */
export interface Answer {
  id: string;
  survey: string;
  page: string;
  language: string;
  visit: string;
  answers: Answers;
  complete?: boolean;
}

/** What became of an answer that was sent. */
export interface Sent {
  /** The kiosk has said so, of this answer. */
  saved: boolean;
  /** The kiosk does not take it as it is. */
  refused: boolean;
  /** How long it asks us to wait before we try again. */
  seconds: number;
  /** Questions; nothing is posted while the answer can do without these. */
  refusedVoices: string[];
  /** Contact details were taken out of the words. */
  cleaned: boolean;
}

/** What can be printed: a page as leaflet or poster, or the document that it offers. */
export type What = "page" | "document";

/** How the screen reaches its kiosk. That of a copy without a server gives the same twelve. */
export interface Host {
  /** The path of a copy: its stores in this browser are its own, as other copies may have the same origin. */
  readonly below: string;
  /** What is told where a sound does not come: a word of the interface. */
  readonly silence: string;
  /** Whether there may be a printer beside this screen. */
  readonly prints: boolean;
  /** Prints, within two minutes; gives "" when the paper comes out, else in one word why it does not. */
  print(asked: { page: string; language: string; what: What; visit: string }): Promise<string>;
  pages(language: string): Promise<Pages>;
  /** The HTML of a page that `pages` did not give. */
  page(language: string, id: string): Promise<string>;
  /** Of a page, or "interface". null: there is no voice for the language of this text. */
  narration(language: string, page: string, speed: Speed, voice: Which): Promise<(Clip | null)[]>;
  /** Away when no reply comes. */
  send(answer: Answer, voices: Voices): Promise<Sent>;
  /** Whether the kiosk gives any reply. */
  isThere(): Promise<boolean>;
  /** Waits; gives the version that is served. */
  changes(version: string): Promise<string>;
  /** A visitor's own words, kept nowhere. */
  speak(text: string, language: string, speed: Speed, voice: Which): Promise<Clip>;
  /** Brings a picture or a sound, for when the server is gone; gives its bytes. */
  bring(address: string): Promise<number>;
  /**
   * Lets this browser throw away its own store, and all traces in it, if it is the locked browser of a
   * kiosk; tells whether that is done.
   */
  wipe(): Promise<boolean>;
}

/** What a visitor has confirmed and may still change. */
export interface Draft {
  /** Of the answer that it becomes. */
  id: string;
  survey: string;
  /** Where the visitor came from. */
  page: string;
  /** Confirmed ones. */
  answers: Answers;
  /** Confirmed ones. */
  voices: Voices;
  /** The question that is asked, from 0. */
  question: number;
  /**
   * What stood on the screen, confirmed or not, when somebody left it for a while; it is kept in this
   * page alone.
   */
  shown: { answers: Answers; voices: Voices } | null;
  /** It is in the store, or on its way there. */
  isKept: boolean;
}

/** All that a visit leaves on the screen, in one object: a new visit gets a new one. */
export interface Visit {
  /** Random, never stored. */
  id: string;
  /** Places in the cycles of settings; 0 is normal. */
  settings: { bigger: number; colours: number; pictures: number; speed: number; voice: number; volume: number };
  /** Where the visitor was before pages that Back leaves for that, oldest first. */
  trail: string[];
  /** The last of them. */
  readonly came: string;
  /** The question that is asked, from 0. */
  question: number;
  /** Of the survey that is open, or was left for a while. */
  draft: Draft | null;
  /** Every move is spoken. */
  eyesFree: boolean;
}

/** What is so now. The screen alone changes it; all others ask it anew each time. */
export interface Now {
  readonly root: HTMLElement;
  readonly main: HTMLElement;
  readonly site: Site;
  readonly page: string;
  readonly visit: Visit;
}

declare global {
  interface Navigator {
    /** Of Chromium alone. */
    readonly connection?: { readonly saveData?: boolean; readonly type?: string };
  }
}
