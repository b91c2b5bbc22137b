from django.urls import path

from prova.teaching.views import course, grades, hidden_details, questions, quiz_results, submissions

app_name = "teaching"
_COURSE = "courses/<slug:course>/teaching/"
_QUIZ = f"{_COURSE}quizzes/<slug:quiz>"
_ASSIGNMENT = f"{_COURSE}assignments/<slug:assignment>"
urlpatterns = [
    path(_COURSE, course.course, name="course"),
    path(f"{_COURSE}grades.csv", grades.grades_csv, name="grades_csv"),
    path(f"{_QUIZ}/", quiz_results.quiz_results, name="quiz_results"),
    path(f"{_QUIZ}.csv", quiz_results.quiz_results_csv, name="quiz_results_csv"),
    path(f"{_QUIZ}/attempts/<int:attempt>/", quiz_results.attempt, name="attempt"),
    path(f"{_COURSE}submissions/", submissions.submissions, name="submissions"),
    path(f"{_COURSE}submissions.csv", submissions.submissions_csv, name="submissions_csv"),
    path(f"{_COURSE}submissions/<int:submission>/", submissions.submission, name="submission"),
    path(f"{_ASSIGNMENT}/hidden-details/", hidden_details.hidden_details, name="hidden_details"),
    path(f"{_ASSIGNMENT}/hidden-details/decide/", hidden_details.decide, name="decide_hidden_details"),
    path(f"{_COURSE}questions/", questions.questions, name="questions"),
    path(f"{_COURSE}questions.csv", questions.questions_csv, name="questions_csv"),
    path(f"{_COURSE}questions/<slug:question>/", questions.question, name="question"),
]
