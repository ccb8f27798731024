// Talking to the stand-in. Every refusal becomes an Error with the reason.

async function json(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `Ошибка ${response.status}`);
  return body;
}

export const loadPeople = () => json("/chat/people");

export const loadChat = (userId) => json(`/chat/users/${userId}`);

export const act = (userId, what, args = {}) =>
  json(`/chat/users/${userId}/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(args),
  });

// onChange gets {user_id: {unread, started, blocked}}; onState gets true once connected, false when cut off.
export function listen(onChange, onState) {
  const source = new EventSource("/chat/events");
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = (event) => onChange(JSON.parse(event.data));
}
