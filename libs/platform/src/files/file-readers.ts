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

/**
 * Who may read the files of which objects. The context that owns a kind of object registers its rule when its module
 * is made; files of a kind without a rule are read by their uploader alone.
 */
export class FileReaders {
  private readonly rules = new Map<string, MayRead>();

  /** Throws when the kind has a rule already: two rooms would both own it. */
  register(objectType: string, mayRead: MayRead): void {
    if (this.rules.has(objectType)) throw new Error(`files of ${objectType} have a rule already`);
    this.rules.set(objectType, mayRead);
  }

  async mayRead(reader: FileReader, object: AttachedTo): Promise<boolean> {
    return (await this.rules.get(object.objectType)?.(reader, object)) ?? false;
  }
}
