/**
 * Whoever reads what a command prints may go when he has seen enough, as `head` does: then there is nobody to tell, and nothing is
 * wrong. What else the command has to do is done, and its exit code stands.
 */
export function letReadersGo(): void {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(unlessClosed)) stream.on('error', unlessClosed);
}

function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
