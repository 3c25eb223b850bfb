import type { Id } from '@hehuo/kernel';

/** Who wants to read, as far as this room needs to know; the actor of a session has this shape. */
export interface FileReader {
  readonly personId: Id<'per'>;
  readonly roles: readonly { readonly role: string; readonly communityId: Id<'com'> | null }[];
}

export interface AttachedTo {
  readonly objectType: string;
  readonly objectId: string;
  readonly communityId: Id<'com'>;
}

export type MayRead = (reader: FileReader, object: AttachedTo) => boolean | Promise<boolean>;

/** Whether everybody may read it now, signed in or not. */
export type IsPublic = (object: AttachedTo) => boolean | Promise<boolean>;

export interface PublicRule {
  /** Whether everybody may read it now. */
  readonly isPublic: IsPublic;
  /** Who else reads it while it is not public. Left out: nobody. */
  readonly mayRead?: MayRead;
  /** How long a reader's browser and what lies between may keep what is public. Left out: not at all. */
  readonly keepSeconds?: number;
}

/** That somebody may read, and how long they may keep it. */
export interface FileAccess {
  readonly keepSeconds: number;
}

/**
 * Who may read the files of which objects. The context that owns a kind of object registers its rule when its module
 * is made, and the rule alone decides: who uploaded a file for an office that they no longer hold reads it no more. Files of
 * a kind without a rule are read by their uploader alone.
 */
export class FileReaders {
  private readonly rules = new Map<string, MayRead>();
  private readonly publicRules = new Map<string, PublicRule>();

  /** Throws when the kind has a rule already: two rooms would both own it. */
  register(objectType: string, mayRead: MayRead): void {
    this.assertFree(objectType);
    this.rules.set(objectType, mayRead);
  }

  /** For objects that everybody reads while they are shown. Throws like `register`. */
  registerPublic(objectType: string, rule: PublicRule): void {
    this.assertFree(objectType);
    this.publicRules.set(objectType, rule);
  }

  hasRule(objectType: string): boolean {
    return this.rules.has(objectType) || this.publicRules.has(objectType);
  }

  /** `reader` is null for whoever is not signed in. Null: they may not read it. */
  async accessTo(reader: FileReader | null, object: AttachedTo): Promise<FileAccess | null> {
    const shown = this.publicRules.get(object.objectType);
    if (await shown?.isPublic(object)) return { keepSeconds: shown?.keepSeconds ?? 0 };
    const mayRead = shown?.mayRead ?? this.rules.get(object.objectType);
    return reader !== null && (await mayRead?.(reader, object)) ? { keepSeconds: 0 } : null;
  }

  private assertFree(objectType: string): void {
    if (this.hasRule(objectType)) throw new Error(`files of ${objectType} have a rule already`);
  }
}
