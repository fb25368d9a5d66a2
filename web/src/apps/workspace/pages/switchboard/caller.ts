// Somebody the operator speaks with.
/** Who is on the line; without `id` nobody the hospital knows. */
export interface Caller { readonly id?: string; readonly name: string; readonly phone?: string; readonly birthDate?: string | undefined; readonly hospitalNumber?: string | undefined }
