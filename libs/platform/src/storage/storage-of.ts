import type { PlatformSettings } from '../config/schemas.js';
import { FolderStorage } from './folder-storage.js';
import { NoStorage } from './no-storage.js';
import { S3Storage, type S3Bucket } from './s3-storage.js';
import type { Storage } from './storage.js';

/** Where the bytes of files lie. */
export type StoragePlace = { readonly folder: string } | { readonly bucket: S3Bucket };

/** The place that the settings name; undefined where they name none. */
export function placeOf(config: PlatformSettings): StoragePlace | undefined {
  const { STORAGE_S3_URL: url, STORAGE_S3_KEY_ID: keyId, STORAGE_S3_SECRET: secret } = config;
  if (url !== undefined && keyId !== undefined && secret !== undefined) {
    return { bucket: { url, keyId, secret, region: config.STORAGE_S3_REGION } };
  }
  return config.STORAGE_FOLDER ? { folder: config.STORAGE_FOLDER } : undefined;
}

export function storageOf(place: StoragePlace | undefined): Storage {
  if (place === undefined) return new NoStorage();
  return 'bucket' in place ? new S3Storage(place.bucket) : new FolderStorage(place.folder);
}
