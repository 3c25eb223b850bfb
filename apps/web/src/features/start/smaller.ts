const sideMax = 2048;
const quality = 0.85;

/**
 * The photo with its long side at most 2048 pixels, so that it goes quickly over a phone's line. What the browser cannot
 * draw goes as it is: the server takes or refuses it with words.
 */
export async function smaller(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
    return drawn && drawn.size < file.size ? drawn : file;
  } catch {
    return file;
  }
}
