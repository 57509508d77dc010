import { useEffect, useState } from 'react';

export interface Answer<T> {
  data?: T;
  /** One sentence, when the latest request failed. Older data stays. */
  error?: string;
}

/** Reads `/api/v1/<path>` now and again every `everyMs`, for as long as the component is shown. */
export function useApi<T>(path: string, everyMs = 2_000): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({});

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;

    const read = async () => {
      try {
        const data = await fetchJson<T>(path, abort.signal);
        setAnswer({ data });
      } catch (error) {
        if (abort.signal.aborted) return;
        setAnswer((previous) => ({ data: previous.data, error: (error as Error).message }));
      }
      timer = setTimeout(read, everyMs);
    };

    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs]);

  return answer;
}

async function fetchJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(`/api/v1/${path}`, { signal });
  if (!response.ok) {
    const problem = await response.json().catch(() => undefined);
    throw new Error(problem?.detail ?? `The network answered ${response.status} to ${path}.`);
  }
  return response.json();
}
