/** A line of a card, as kiosk/content/edit.py has it. */
export interface Line {
  kind: "sentence" | "item" | "heading" | "refused";
  words: string;
  raw: string;
  level: number;
  line: number;
}

export interface Picture {
  name: string;
  shows: string;
  raw: string;
  line: number;
}

export interface Card {
  kind: "idea" | "heading";
  picture: Picture | null;
  lines: Line[];
  after: string;
  number: number | null;
}

export interface WrittenPage {
  head: string;
  above: string;
  cards: Card[];
  count: number;
}

export interface Finding {
  code: string;
  line: number;
  column: number;
  severity: "E" | "W";
  problem: string;
  hint: string;
  fix: { start: number; end: number; old: string; text: string; safe: boolean } | null;
  card: number | null;
  at: number | null;
}

export interface Checked {
  text: string;
  findings: Finding[];
}

export interface InCards {
  name: string;
  text: string;
  page: WrittenPage | null;
  facts: Record<string, string>;
  /** The pictures that the page puts together for itself: of what. */
  own: Record<string, string>;
}

/** What is saved of a page and not published. day: from when it is to be shown, or "". */
export interface Copy {
  by: string;
  at: string;
  day: string;
  planner: string;
  wrong: string;
}

/** status: of what visitors see. stale: that was changed under what is saved beside it. */
export interface Opened extends InCards {
  opened: string;
  language: string;
  publish: boolean;
  stale: boolean;
  status: string;
  copy: Copy | null;
}

/** An idea or heading in one of two texts, as kiosk/editor/changes.py has it. */
export interface Side {
  kind: string;
  picture: string;
  shows: string;
  is_new: boolean;
  lines: [string, { text: string; is_new: boolean }[]][];
}

export interface Change {
  was: Side | null;
  now: Side | null;
  number: number;
  is_moved: boolean;
}

export interface Changes {
  cards: Change[];
  facts: [string, string, string][];
  same: number;
  is_else: boolean;
}

/** What a person looks at before a page is published. */
export interface Before {
  opened: string;
  status: string;
  wanted: string;
  copy: Copy | null;
  facts: Record<string, string>;
  today: string;
  missing: Record<string, string[]>;
  errors: number;
  changes: Changes;
  /** What people have said through the newest link. same: of exactly this text. */
  proposed: { who: string; people: number; easy: number; count: number; same: boolean } | null;
  /** The facts of the page, where others are proposed. */
  was?: Record<string, string>;
}

/** What visitors have said. choices: what the answers can be narrowed to. */
export interface Answered {
  days: string;
  notes: string[];
  surveys: {
    title: string;
    summary: string;
    questions: {
      ask: string;
      parts: { words: string; summary: string; rows: { words: string; told: string; share: number }[] }[];
      said: { words: string; language: string; note: string }[];
      more: number;
      voices: number;
    }[];
  }[];
  choices: Record<"survey" | "page" | "language", { id: string; title: string }[]>;
}

/** What visitors are told of what became of what people said. */
export interface YouSaid {
  entries: { number: number; shown: boolean; symbol: string; said: string; did: string; who: string; date: string }[];
  publish: boolean;
  language: string;
}

/** A link by which people check a page, and what they have said. easy: how many ideas are, for all of them. */
export interface ReviewLink {
  id: string;
  who: string;
  by: string;
  at: string;
  until: string;
  open: boolean;
  people: number;
  done: number;
  same: boolean;
  easy: number;
  ideas: {
    picture: string;
    lines: string[];
    easy: Record<"yes" | "partly" | "no", number>;
    hard: [string, number][];
    wrong_picture: number;
  }[];
}

export interface Version {
  number: number;
  by: string;
  at: string;
  why: string;
  of: number;
  shown: boolean;
}

/** What is typed and not saved. opened: the hash of the file that it began from. aside: a person has seen it. */
export interface Draft {
  opened: string;
  page: WrittenPage | null;
  text: string | null;
  facts: Record<string, string>;
  at: string;
  by: string;
  aside?: boolean;
}

export interface Row {
  name: string;
  title: string;
  part: string;
  picture: string;
  status: "draft" | "ready" | "published" | "wrong";
  due: boolean;
  order: number;
  errors: number;
  warnings: number;
  changed: string;
  by: string;
  fixed: boolean;
  missing: string[];
  old: string[];
  words: string;
  copy: Copy | null;
}

export interface Listed {
  language: string;
  languages: string[];
  parts: { part: string; title: string }[];
  pages: Row[];
  retired: { name: string; title: string; picture: string }[];
  checked: boolean;
  most: { file: number; pasted: number };
}

/** What the list of pages gives to those that change it. again: shows it anew, with one page in focus. */
export interface Shelf {
  server: import("./server.js").Server;
  again: (focused?: string) => Promise<void>;
  tell: (words: string, undo?: () => Promise<void>) => void;
}

export interface Me {
  name: string;
  publish: boolean;
  token: string;
}

export interface Suggested {
  warning: string;
  weak: boolean;
  /** There are more of this shelf than are shown. */
  more: boolean;
  shelves: { shelf: string; count: number }[];
  pictures: Found[];
}

/** What is known of a word. */
export interface Entry {
  means: string;
  symbol: string;
  said: string;
}

/** A picture to choose. notes: what it means on this site already. */
export interface Found extends Chosen {
  notes: string;
}

/** A picture that was chosen. made: it is put together of parts, and has no name yet. */
export interface Chosen {
  name: string;
  shows: string;
  made: boolean;
}

export interface Heard {
  text: string;
  sound: string;
  words: [number, number, number, number][];
}

/** A page that was made from a file or from copied words. */
export interface Brought {
  name: string;
  title: string;
  ideas: number;
  pictures: number;
  left_out: string[];
  without_picture: number;
  without_words: number;
  new_pictures: number;
}
