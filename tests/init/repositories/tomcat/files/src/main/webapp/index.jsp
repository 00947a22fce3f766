<p>Diary</p>
