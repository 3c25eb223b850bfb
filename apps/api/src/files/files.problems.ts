import type { FileErrorCode } from '@hehuo/platform';
import type { ProblemRow } from '../problem/problem-row.js';

export const FILE_PROBLEMS: Record<FileErrorCode, ProblemRow> = {
  file_not_found: { status: 404, zh: '没有这个文件', en: 'There is no such file' },
  file_type_refused: {
    status: 415,
    zh: '只接收照片（JPEG、PNG、WebP）和 PDF',
    en: 'Only photos (JPEG, PNG, WebP) and PDF files are taken',
  },
  file_not_a_picture: { status: 415, zh: '这里只能放照片', en: 'Only photos are shown here' },
  file_damaged: { status: 422, zh: '文件不完整，请重新上传', en: 'The file is damaged' },
  file_too_large: { status: 413, zh: '文件过大', en: 'The file is too large' },
  file_not_usable: { status: 422, zh: '这个文件不能使用', en: 'This file cannot be used here' },
  files_too_many: { status: 422, zh: '文件数量过多', en: 'Too many files' },
  file_quota_reached: { status: 429, zh: '今天上传的文件已达上限', en: 'Enough files for today' },
  files_busy: { status: 503, zh: '上传的人较多，请稍后再试', en: 'Many files are coming in' },
  files_not_set_up: { status: 503, zh: '本平台没有开通文件上传', en: 'No files are kept here' },
};
