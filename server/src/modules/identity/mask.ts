// Numbers that identify a person, shown so that two people can be told apart but nobody can copy the number. Pure.

/** Keeps the first four and the last three digits: `0912 ••• 458`. Short numbers keep only their last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+84/, '0').replace(/\D/g, '');
  if (digits.length < 8) return `••• ${digits.slice(-2)}`;
  return `${digits.slice(0, 4)} ••• ${digits.slice(-3)}`;
}

/** Keeps the last four characters of a citizen number or card number. */
export function maskNumber(number: string): string {
  const bare = number.replace(/[\s.-]/g, '');
  return `•••• ${bare.slice(-4)}`;
}
