FLASK_APP=polls
