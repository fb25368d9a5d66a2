-- What an entry of the waiting list was offered: nobody is offered the same seat twice, or woken by one message after the other.
CREATE TABLE booking.offer (
  waiting_id uuid NOT NULL REFERENCES booking.waiting ON DELETE CASCADE,
  session_id uuid NOT NULL REFERENCES booking.session,
  starts timestamptz NOT NULL,
  offered_at timestamptz NOT NULL,
  PRIMARY KEY (waiting_id, session_id, starts)
);

-- The time that somebody was told to come instead, when the room ran late: who keeps to it is not a no-show.
ALTER TABLE booking.appointment ADD COLUMN told_from timestamptz;
CREATE INDEX appointment_not_come ON booking.appointment (day) WHERE state = 'booked';
