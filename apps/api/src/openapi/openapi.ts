import type { OpenAPIObject } from '@nestjs/swagger';

/** The document, made when it is first asked for: it costs more than all the rest of the start. */
export class OpenApi {
  private made: OpenAPIObject | undefined;
  private make: () => OpenAPIObject = () => {
    throw new Error('the document is asked for before the api is built');
  };

  madeBy(make: () => OpenAPIObject): void {
    this.make = make;
  }

  document(): OpenAPIObject {
    this.made ??= this.make();
    return this.made;
  }
}
