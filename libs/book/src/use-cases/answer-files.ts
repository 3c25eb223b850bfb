import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { FileError, FileReaders, Files, type StoredFile } from '@hehuo/platform';
import { answerFilesMax } from '../domain/limits.js';
import { MessageStore } from '../store/message.store.js';

const MESSAGE_OBJECT = 'book_message';

/** What the custodian shows with an answer: read by everybody, as the thread is, until its text is hidden. */
@Injectable()
export class AnswerFiles {
  constructor(
    readers: FileReaders,
    messages: MessageStore,
    private readonly files: Files,
  ) {
    readers.registerPublic(MESSAGE_OBJECT, {
      isPublic: ({ objectId }) => messages.isShown(objectId as Id<'msg'>),
    });
  }

  /** Throws `files_too_many`, and `file_not_usable` for one that is unknown, somebody else's or shown elsewhere. */
  async attach(
    tx: Tx,
    fileIds: readonly Id<'fil'>[],
    answer: {
      readonly messageId: Id<'msg'>;
      readonly communityId: Id<'com'>;
      readonly by: Id<'per'>;
    },
  ): Promise<void> {
    if (fileIds.length > answerFilesMax) {
      throw new FileError('files_too_many', `at most ${answerFilesMax} files go with an answer`);
    }
    const { messageId: objectId, ...target } = answer;
    await this.files.attach(tx, fileIds, { objectType: MESSAGE_OBJECT, objectId, ...target });
  }

  of(messageIds: readonly Id<'msg'>[]): Promise<Map<string, StoredFile[]>> {
    return this.files.of(MESSAGE_OBJECT, messageIds);
  }
}
