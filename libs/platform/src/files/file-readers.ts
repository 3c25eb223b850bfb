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

/**
 * Who may read the files of which objects. The context that owns a kind of object registers its rule when its module
 * is made, and the rule alone decides: who uploaded a file for an office that they no longer hold reads it no more. Files of
 * a kind without a rule are read by their uploader alone.
 */
export class FileReaders {
  private readonly rules = new Map<string, MayRead>();
  private readonly publicRules = new Map<string, IsPublic>();

  /** Throws when the kind has a rule already: two rooms would both own it. */
  register(objectType: string, mayRead: MayRead): void {
    this.assertFree(objectType);
    this.rules.set(objectType, mayRead);
  }

  /** For objects that everybody reads while they are shown. Throws like `register`. */
  registerPublic(objectType: string, isPublic: IsPublic): void {
    this.assertFree(objectType);
    this.publicRules.set(objectType, isPublic);
  }

  hasRule(objectType: string): boolean {
    return this.rules.has(objectType) || this.publicRules.has(objectType);
  }

  /** `reader` is null for whoever is not signed in. */
  async mayRead(reader: FileReader | null, object: AttachedTo): Promise<boolean> {
    const { objectType } = object;
    if (await this.publicRules.get(objectType)?.(object)) return true;
    return reader !== null && ((await this.rules.get(objectType)?.(reader, object)) ?? false);
  }

  private assertFree(objectType: string): void {
    if (this.hasRule(objectType)) throw new Error(`files of ${objectType} have a rule already`);
  }
}
