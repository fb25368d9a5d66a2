import type { vietnamese } from './strings-vietnamese.ts';

export const english: typeof vietnamese = {
  skip: 'To the main part', emergency: 'Emergency', other: 'Tiếng Việt', otherFull: 'Đọc trang này bằng tiếng Việt', call: 'Call', callHelp: (phone) => `Call the switchboard on ${phone}`, hospital: 'Hospital',
  back: 'Back', step: (at) => `Step ${at} of 5`, title: 'Book a visit', waiting: 'Loading…', again: 'Try again',
  findTitle: 'What do you need today?', search: 'Symptom, specialty', searchLabel: 'Find a symptom or a specialty', specialties: 'Choose a specialty', specialtiesLead: 'The first time still free',
  soonest: (when) => `First ${when}`, noneSoon: 'The coming days are full', noMatch: 'No specialty found. Try another word, or call the hospital.', found: (n) => (n === 1 ? '1 specialty' : `${n} specialties`),
  unsure: 'Not sure which one?', unsureLead: 'Call the hospital: somebody will ask and book for you.', haveCode: 'Booked already?', haveCodeLead: 'See, move or cancel it with your booking code',
  noBooking: 'This page takes no bookings at present. Please call the hospital.',
  whichDoctor: 'Which doctor?', anyDoctor: 'Any doctor', seeTimes: 'See the free times', orChoose: 'Or choose a doctor', noFree: 'Nothing free yet',
  whichTime: 'Which day and time?', month: (month, year) => `${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][Number(month) - 1]} ${year}`, weekBefore: 'The week before', weekAfter: 'The week after', daysOfWeek: 'Choose a day',
  many: 'many', left: (n) => `${n} left`, full: 'full', closed: 'closed', morning: 'Morning', afternoon: 'Afternoon', seats: (n) => `${n} left`, taken: 'taken', allFull: 'Nothing is free in the next 4 weeks. Try another doctor, or call the hospital.',
  today: 'today', tomorrow: 'tomorrow',
  whoTitle: 'Who is coming?', name: 'Full name of the patient', nameHint: 'As on the identity card or birth certificate', birth: 'Date of birth', birthHint: 'For example 14/03/1968. If only the year is known: 1968', phone: 'Mobile number', phoneHint: 'The code and the reminders go to this number. A relative’s will do.',
  reason: 'Reason for the visit (optional)', next: 'Send a code to this number', chosen: 'Chosen time', change: 'Change',
  badName: 'Write the family name and the given name.', badBirth: 'Write the date as 14/03/1968, or only the year 1968.', badPhone: 'A Vietnamese mobile number has 10 digits and begins with 0.', badCode: 'The code has 6 digits.', badBookingCode: 'A booking code has 9 digits.',
  problems: 'To put right before you go on', privacy: 'Used only to book and to remind you. This page keeps nothing on the device.',
  codeTitle: 'The code in the message?', codeLead: (phone) => `A code of 6 digits was sent to ${phone}.`, code: 'Code of 6 digits', book: 'Confirm and book', move: 'Confirm and move', sendAgain: 'Send the code again', sentAgain: 'The code was sent again.', sendIn: (seconds) => `You can ask again in ${seconds} seconds`, otherPhone: 'Change the number',
  bookedTitle: 'Booked', movedTitle: 'Moved', qr: 'QR code for the entrance', bookingCode: 'Booking code', keepCode: 'Take a screenshot or write the code down. It is in the message too.', arrive: 'Arrive at', meet: 'Seen at', place: 'Place', doctor: 'Doctor', patient: 'Patient', bring: 'Bring along', print: 'Print this page', bookMore: 'Book for somebody else',
  lookTitle: 'See, move or cancel a booking', lookLead: 'Give the booking code and the telephone number used to book.', lookCode: 'Booking code', lookCodeHint: '9 digits, in the message. For example 4821 7390 6', look: 'See the booking',
  appointmentTitle: 'Your appointment', states: { 'booked': 'Booked', 'arrived': 'Arrived', 'fulfilled': 'Seen', 'cancelled': 'Cancelled', 'no-show': 'Did not come' }, confirm: 'I will come', confirmed: 'You said that you will come', moveTime: 'Another time', cancel: 'Cancel the appointment', cancelSure: 'Cancel this appointment?', cancelLead: 'The place goes to somebody else at once.', cancelYes: 'Cancel this appointment', cancelNo: 'Keep it', cancelledNow: 'The appointment is cancelled.', moving: (when) => `Moving the appointment of ${when}. The old time stays yours until the move is done.`,
  lost: 'The page was opened anew. Please choose a time again.', address: 'Booking for everybody, without an account.', app: 'You have an account? Open the patient app',
};
