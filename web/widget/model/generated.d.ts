/** Named by the generated API for files, which the model never sees. */
interface Blob {}
