/** What is wrong with an XML document; the message is English and quotes no content. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlError';
  }
}
